FROM node:20
VOLUME /data
COPY seed.db /data/
CMD ["node", "server.js"]
