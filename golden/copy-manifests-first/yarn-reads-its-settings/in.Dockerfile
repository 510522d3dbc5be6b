FROM node:20
WORKDIR /srv
COPY . .
RUN yarn install --frozen-lockfile
RUN yarn build
