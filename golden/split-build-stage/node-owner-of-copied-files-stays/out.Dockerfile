FROM node:20 AS build
WORKDIR /app
COPY --chown=node:node . .
RUN npm ci && npm run build
RUN npm prune --omit=dev

FROM node:20-slim
WORKDIR /app
COPY --from=build --chown=node:node /app/.env /app/.env
COPY --from=build /app/dist /app/dist
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build --chown=node:node /app/package.json /app/package.json
COPY --from=build --chown=node:node /app/prisma /app/prisma
COPY --from=build --chown=node:node /app/public /app/public
COPY --from=build --chown=node:node /app/views /app/views
USER node
CMD ["npm", "start"]
