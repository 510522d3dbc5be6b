FROM node:20-alpine
RUN apk add --no-cache tini && npm install -g npm@10
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build
EXPOSE 3000
CMD ["npm", "start"]
