FROM node:20-alpine AS build
ENV NODE_ENV=development
WORKDIR /app
COPY . .
RUN npm ci && npm run build
RUN npm prune --omit=dev

FROM node:20-alpine AS api
ENV NODE_ENV=development
WORKDIR /app
COPY --from=build /app/dist /app/dist
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/package.json /app/package.json
CMD npm start
