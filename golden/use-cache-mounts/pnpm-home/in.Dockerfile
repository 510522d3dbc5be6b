FROM node:20
ENV PNPM_HOME=/pnpm
RUN pnpm install --frozen-lockfile && pnpm store prune
