FROM node:22
RUN sudo npm install -g x && sudo npm cache clean --force
