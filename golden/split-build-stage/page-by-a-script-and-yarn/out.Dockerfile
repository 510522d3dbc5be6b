FROM node:20 AS build
WORKDIR /app
COPY . .
RUN yarn install --frozen-lockfile
RUN yarn build

FROM nginx:stable-alpine AS web
RUN printf 'server {\n  listen 3000;\n  root /usr/share/nginx/html;\n  charset utf-8;\n  gzip on;\n  gzip_types text/css application/javascript image/svg+xml;\n  location / { try_files $uri $uri.html $uri/index.html /index.html; }\n}\n' > /etc/nginx/conf.d/default.conf
COPY --from=build /app/dist /usr/share/nginx/html
LABEL team=web
