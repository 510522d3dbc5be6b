FROM node:20
WORKDIR /app
RUN sed -i "s/main/main contrib/" /etc/apt/sources.list && grep -q a/b /etc/passwd
RUN curl -fsSL https://example.com/tool -o /usr/local/bin/tool
COPY package.json package-lock.json ./
RUN npm ci | tee /var/log/install.log
COPY . .
