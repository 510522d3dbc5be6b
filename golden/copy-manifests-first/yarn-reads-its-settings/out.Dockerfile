FROM node:20
WORKDIR /srv
COPY package.json yarn.lock .yarnrc.yml ./
COPY .yarn ./.yarn/
RUN yarn install --frozen-lockfile
COPY . .
RUN yarn build
