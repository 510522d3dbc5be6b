FROM node:20
USER node
COPY tool /usr/local/bin/
COPY conf /etc/conf
CMD ["node", "/srv/server.js"]
