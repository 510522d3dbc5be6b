FROM node:20
COPY index.js .
HEALTHCHECK CMD curl -f http://localhost/ || exit 1
CMD ["node", "index.js"]
