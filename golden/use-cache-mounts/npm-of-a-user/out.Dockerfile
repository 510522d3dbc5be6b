FROM node:20
WORKDIR /app
USER node
COPY --chown=node:node package*.json ./
RUN --mount=type=cache,target=/home/node/.npm,uid=1000,gid=1000 \
    npm ci --prefer-offline
