FROM node:20
COPY .yarnrc.yml .
RUN yarn install --immutable
