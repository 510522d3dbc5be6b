FROM node:20
WORKDIR /app
COPY . .
RUN cd web && yarn install
