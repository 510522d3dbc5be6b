FROM node:20
RUN npm install --global @angular/cli
WORKDIR /work
COPY . .
ENTRYPOINT ["ng"]
