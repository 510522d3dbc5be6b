FROM node:20
COPY . /srv/app
WORKDIR /srv/app
RUN npm install -g serve@14
CMD ["serve", "-s", "build"]
