FROM node:20
WORKDIR /app
COPY node_modules node_modules
COPY app.js ./
CMD ["node", "app.js"]
