FROM node:20-alpine AS build
WORKDIR /app
COPY package.json .
RUN npm install && npm install -g serve
COPY . .
RUN npm run build

FROM registry.local/run/web:1
RUN printf 'server {\n  listen 3000;\n  root /usr/share/nginx/html;\n  charset utf-8;\n  gzip on;\n  gzip_types text/css application/javascript image/svg+xml;\n  location / { try_files $uri $uri.html $uri/index.html /index.html; }\n}\n' > /etc/nginx/conf.d/default.conf
COPY --from=build /app/dist /usr/share/nginx/html
EXPOSE 3000
# The page.
