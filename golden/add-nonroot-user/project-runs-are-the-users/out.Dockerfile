FROM node:20-alpine
RUN apk add --no-cache tini && npm install -g npm@10
WORKDIR /app
RUN chown node:node /app
COPY --chown=node:node package.json package-lock.json ./
USER node
RUN npm ci
COPY --chown=node:node . .
RUN npm run build
EXPOSE 3000
CMD ["npm", "start"]
