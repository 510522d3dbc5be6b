FROM node:22-slim
WORKDIR /app

COPY package.json package-lock.json ./

# The dependencies.
RUN npm ci

# The code.
COPY . .
CMD ["node", "server.js"]
