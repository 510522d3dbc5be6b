FROM node:20
WORKDIR /app
COPY . .
COPY tools/prepare.sh ./
RUN ./prepare.sh && npm ci
