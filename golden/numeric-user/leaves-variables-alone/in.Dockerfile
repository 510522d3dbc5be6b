FROM node:20
ARG RUN_AS=node
USER $RUN_AS
CMD ["node", "server.js"]
