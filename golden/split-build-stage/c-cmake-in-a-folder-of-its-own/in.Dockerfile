FROM ubuntu:22.04
RUN apt-get update && apt-get install -y g++ cmake make
COPY . /src
WORKDIR /src/build
RUN cmake .. && make
CMD ["./hello"]
