FROM gcc:12
WORKDIR /src
COPY . .
RUN (cd tools && cc -o gen gen.c) && cc -o serve serve.c
CMD ["/src/serve"]
