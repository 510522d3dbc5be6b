FROM node:22
RUN yarn cache clean && yarn install foo && yarn cache clean
