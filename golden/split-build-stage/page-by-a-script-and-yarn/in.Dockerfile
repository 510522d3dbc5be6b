FROM node:20 AS web
LABEL team=web
WORKDIR /app
COPY . .
RUN yarn install --frozen-lockfile
RUN yarn build
CMD ["yarn", "start"]
