FROM node:20
USER node
VOLUME /data
COPY --link seed.db /data/
CMD ["node", "server.js"]
