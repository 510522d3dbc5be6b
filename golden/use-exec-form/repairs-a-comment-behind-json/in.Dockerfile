FROM debian:12
  CMD ["npm", "start"]  # see package.json
