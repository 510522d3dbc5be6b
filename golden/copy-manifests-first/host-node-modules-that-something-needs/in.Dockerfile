FROM node:20
WORKDIR /srv
COPY . .
COPY node_modules/private /opt/private
RUN npm ci
