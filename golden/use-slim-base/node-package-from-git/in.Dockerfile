FROM node:20
WORKDIR /srv
COPY package.json ./
RUN npm install --omit=dev && npm cache clean --force
CMD ["node", "-e", "1"]
