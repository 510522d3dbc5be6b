FROM node:20 AS base
USER 1000

FROM base
CMD ["node", "server.js"]
