FROM debian:12
EXPOSE 80
  # in front
  CMD ["nginx"]
