FROM gcc:13
WORKDIR /app
COPY . .
RUN gcc -o app main.c
CMD ["./app"]
