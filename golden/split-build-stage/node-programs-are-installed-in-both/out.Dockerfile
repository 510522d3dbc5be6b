FROM node:20-bookworm AS build
RUN apt-get update && apt-get install -y jq
RUN mkdir -p /app
ADD . /app
WORKDIR /app
RUN npm install && npm run build
RUN npm prune --omit=dev

FROM node:20-bookworm
RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app /app
ENV NODE_ENV=production
EXPOSE 8080
CMD ["node", "dist/server.js"]
