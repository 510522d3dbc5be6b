FROM node:22
RUN set -ex; \
    npm ci; \
    npm cache clean --force; \
    npm run build
