FROM node:20
WORKDIR /app
RUN chown 1000:1000 /app
COPY --chown=1000:1000 . .
EXPOSE 3000
USER 1000:1000
CMD ["node", "server.js"]
