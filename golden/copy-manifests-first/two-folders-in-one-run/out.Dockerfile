FROM node:20
WORKDIR /app
COPY web/package.json web/package-lock.json ./web/
COPY api/package.json api/package-lock.json ./api/
RUN cd web && npm ci && cd ../api && npm ci
COPY . .
