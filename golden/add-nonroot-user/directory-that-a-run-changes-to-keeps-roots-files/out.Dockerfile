FROM node:20
RUN npm install --global pm2
COPY --chown=node:node . /usr/src
RUN cd /usr/src && npm install && npm run build
WORKDIR /usr/src
RUN chown node:node /usr/src
EXPOSE 3000
USER node
CMD ["npm", "start"]
