FROM node:20-alpine AS build
RUN apk add --no-cache python3 make g++
WORKDIR /app
COPY . .
RUN npm ci && npm run build
RUN npm prune --omit=dev

FROM node:20-alpine
RUN apk add --no-cache python3 libgcc libgomp libstdc++
WORKDIR /app
COPY --from=build /app/.env /app/.env
COPY --from=build /app/dist /app/dist
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/package.json /app/package.json
COPY --from=build /app/prisma /app/prisma
COPY --from=build /app/public /app/public
COPY --from=build /app/views /app/views
CMD ["node", "dist/i.js"]
