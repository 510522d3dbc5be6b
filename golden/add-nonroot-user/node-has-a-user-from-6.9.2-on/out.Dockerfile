FROM node:6.9.2-slim
WORKDIR /app
RUN chown node:node /app
COPY --chown=node:node . .
EXPOSE 3000
USER node
CMD ["node", "server.js"]
