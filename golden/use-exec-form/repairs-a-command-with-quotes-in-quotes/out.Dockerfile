FROM debian:12
ENTRYPOINT ["nginx", "-g", "daemon off;"]
