FROM node:20
USER node
WORKDIR /app
VOLUME /app/data
COPY server.js /app/data/server.js
CMD ["node", "data/server.js"]
