FROM gcc:13
WORKDIR /app
COPY *.c ./
RUN gcc -o app main.c -lcurl
CMD ["./app"]
