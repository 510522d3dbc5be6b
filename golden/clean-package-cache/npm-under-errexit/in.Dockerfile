FROM node:22
RUN set -ex; \
    npm ci; \
    npm run build
