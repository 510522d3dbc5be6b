FROM node:20
WORKDIR /srv
RUN corepack enable
COPY . .
RUN pnpm install --frozen-lockfile
