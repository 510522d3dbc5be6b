FROM node:20
WORKDIR /app
COPY . .
RUN git clone https://example.com/fonts
RUN npm ci
