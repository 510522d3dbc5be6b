FROM node:20
WORKDIR /srv/app
RUN npm install -g serve@14
COPY . /srv/app
CMD ["serve", "-s", "build"]
