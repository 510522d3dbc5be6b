FROM debian:12
  # see package.json
  CMD ["npm", "start"]
