FROM node:20-alpine
WORKDIR /app
COPY . .
RUN npm ci && npm run build && npm cache clean --force
ENV NODE_ENV=production
CMD ["npm", "run", "start"]
