FROM node:20
WORKDIR /app
COPY . .
RUN npm ci && npm run build
RUN chown -R node:node /app
USER node
CMD ["npm", "start"]
