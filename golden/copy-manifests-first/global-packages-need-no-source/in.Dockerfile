FROM node:20-alpine
WORKDIR /project
COPY . .
RUN yarn global add @vue/cli
RUN yarn install
CMD ["yarn", "run", "serve"]
