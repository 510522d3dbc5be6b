FROM debian:12
# above
# inside
# tools
RUN apt-get update && apt-get install -y a
