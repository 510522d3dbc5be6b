FROM node:20
USER 1000:1000
VOLUME /data
COPY --link --chown=1000:1000 seed.db /data/
CMD ["node", "server.js"]
