FROM node:20
WORKDIR /app
ENV NODE_EXTRA_CA_CERTS=/app/certs/company.pem
COPY . .
RUN npm ci
