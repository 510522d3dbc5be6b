FROM node:20
WORKDIR /home/app
COPY . .
RUN npm ci
