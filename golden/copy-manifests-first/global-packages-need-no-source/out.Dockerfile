FROM node:20-alpine
WORKDIR /project
RUN yarn global add @vue/cli
COPY package.json yarn.lock ./
RUN yarn install
COPY . .
CMD ["yarn", "run", "serve"]
