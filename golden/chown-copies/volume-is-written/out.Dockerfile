FROM node:20
USER node
VOLUME /data
COPY --chown=node seed.db /data/
CMD ["node", "server.js"]
