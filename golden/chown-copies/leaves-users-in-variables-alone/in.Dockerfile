FROM node:20
ARG RUN_AS=node
USER $RUN_AS
VOLUME /data
COPY seed.db /data/
CMD ["node", "server.js"]
