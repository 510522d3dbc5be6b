FROM node:20
USER 1000:1000
VOLUME /data
COPY --link seed.db /data/
CMD ["node", "server.js"]
