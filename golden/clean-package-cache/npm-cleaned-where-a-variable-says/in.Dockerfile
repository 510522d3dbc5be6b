FROM node:20
ENV npm_config_cache=/npm
RUN npm ci && rm -rf /npm
