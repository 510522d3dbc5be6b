FROM oven/bun:1
WORKDIR /srv
COPY package.json bun.lockb ./
RUN bun install --frozen-lockfile
COPY . .
