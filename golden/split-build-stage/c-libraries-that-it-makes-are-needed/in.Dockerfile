FROM debian:12
RUN apt-get update && apt-get install -y gcc
WORKDIR /src
COPY *.c ./
RUN gcc -shared -o libx.so x.c && gcc -o app main.c -L. -lx
CMD ["./app"]
