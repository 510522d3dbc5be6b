FROM node:20
COPY package.json package-lock.json /app/
RUN cd /app && npm ci
COPY . /app/
RUN cd /app && npm run build
WORKDIR /app
CMD ["node", "server.js"]
