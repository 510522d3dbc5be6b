FROM node:22-slim
WORKDIR /app
COPY . .
RUN mkdir data && cd data && pwd
EXPOSE 8080
CMD ["node", "server.js"]
