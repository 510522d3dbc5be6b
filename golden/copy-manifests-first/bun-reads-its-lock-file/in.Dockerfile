FROM oven/bun:1
WORKDIR /srv
COPY . .
RUN bun install --frozen-lockfile
