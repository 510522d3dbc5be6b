FROM node:22-slim
WORKDIR /app
RUN chown node:node /app
COPY --chown=node:node . .
RUN mkdir data && cd data && touch state.json && chown node:node /app/data
EXPOSE 8080
USER node
CMD ["node", "server.js"]
