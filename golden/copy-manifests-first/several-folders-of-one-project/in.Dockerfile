FROM node:20
WORKDIR /srv
COPY . .
RUN cd backend && npm ci
RUN cd frontend && npm ci && npm run build
