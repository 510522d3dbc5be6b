FROM node:20 AS one
RUN npm ci
RUN npm ci --offline

FROM node:20 AS two
RUN npm ci && npx playwright install
