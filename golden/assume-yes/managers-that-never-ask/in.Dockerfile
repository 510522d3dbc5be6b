FROM node:22
RUN npm install && apk add x && gem install y && go get z
