FROM node:20
WORKDIR /app
# dfix ignore=write-dockerignore;reason=the pipeline makes one
COPY . .
RUN npm ci
