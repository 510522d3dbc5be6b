FROM node:20
USER node
RUN pip install --user awscli
