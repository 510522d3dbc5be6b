FROM gcc:13
WORKDIR /usr/src/app
COPY . .
RUN gcc -O2 -o server main.c util.c -lm
EXPOSE 8080
CMD ["./server", "--root", "www"]
