FROM node:20 AS deps
RUN npm install --global yarn

FROM deps AS builder
RUN yarn global add typescript

FROM nginx:1.25
COPY . /usr/share/nginx/html
