FROM node:22-slim
WORKDIR /app

# The code.
COPY . .

# The dependencies.
RUN npm ci
CMD ["node", "server.js"]
