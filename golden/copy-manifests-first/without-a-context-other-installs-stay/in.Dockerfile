FROM node:20
WORKDIR /srv
COPY . .
RUN yarn install
