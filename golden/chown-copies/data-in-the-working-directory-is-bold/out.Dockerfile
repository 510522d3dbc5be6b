FROM node:20
USER node
WORKDIR /app
COPY --chown=node seed ./data
CMD ["node", "server.js"]
