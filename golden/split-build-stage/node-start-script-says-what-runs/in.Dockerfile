FROM node:20-alpine AS api
ENV NODE_ENV=development
WORKDIR /app
COPY . .
RUN npm ci && npm run build
CMD npm start
