FROM node:20
WORKDIR /app
COPY . .
RUN chmod -x run.sh
RUN npm ci
