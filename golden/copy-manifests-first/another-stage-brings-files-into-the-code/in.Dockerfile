FROM node:20
WORKDIR /app
COPY . .
COPY --from=cache /modules /app/node_modules
RUN npm ci
