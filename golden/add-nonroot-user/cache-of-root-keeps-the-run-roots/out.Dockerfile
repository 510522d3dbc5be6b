FROM node:20
WORKDIR /app
RUN chown node:node /app
COPY --chown=node:node package*.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY --chown=node:node . .
EXPOSE 3000
USER node
CMD ["node", "server.js"]
