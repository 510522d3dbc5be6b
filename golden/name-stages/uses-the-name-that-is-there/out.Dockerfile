FROM node:20 AS Assets
RUN npm ci
FROM nginx:1.25
COPY --from=Assets /dist /usr/share/nginx/html
