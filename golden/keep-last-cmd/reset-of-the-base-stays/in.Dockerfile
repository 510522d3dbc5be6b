FROM node:22
ENTRYPOINT []
CMD ["node"]
