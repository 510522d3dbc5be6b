FROM gcc:12
WORKDIR /src
COPY . .
RUN (cd tools && cc --version) > version.txt && cc -o serve serve.c
CMD ["/src/serve"]
