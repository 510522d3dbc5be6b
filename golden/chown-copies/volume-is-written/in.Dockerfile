FROM node:20
USER node
VOLUME /data
COPY seed.db /data/
CMD ["node", "server.js"]
