FROM node:20 AS build
WORKDIR /srv
COPY . .
RUN npm ci \
    # The bundle.
    && npm run build
