FROM node:20
RUN npm install --global pm2
COPY . /usr/src
RUN cd /usr/src && npm install && npm run build
WORKDIR /usr/src
EXPOSE 3000
CMD ["npm", "start"]
