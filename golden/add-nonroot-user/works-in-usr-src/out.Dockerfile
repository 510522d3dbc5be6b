FROM node:22-slim
WORKDIR /usr/src
RUN chown node:node /usr/src
COPY --chown=node:node . .
USER node
RUN yarn install --frozen-lockfile
EXPOSE 5173
CMD ["yarn", "dev", "--host", "0.0.0.0"]
