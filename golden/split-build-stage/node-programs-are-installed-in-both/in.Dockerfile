FROM node:20-bookworm
RUN apt-get update && apt-get install -y jq
RUN mkdir -p /app
ADD . /app
WORKDIR /app
RUN npm install && npm run build
ENV NODE_ENV=production
EXPOSE 8080
CMD ["node", "dist/server.js"]
