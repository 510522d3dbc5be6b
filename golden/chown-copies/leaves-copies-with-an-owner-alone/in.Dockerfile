FROM node:20
USER node
VOLUME /data
COPY --chown=root seed.db /data/
CMD ["node", "server.js"]
