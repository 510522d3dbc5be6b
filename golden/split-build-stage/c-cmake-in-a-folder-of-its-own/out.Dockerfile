FROM ubuntu:22.04 AS build
RUN apt-get update && apt-get install -y g++ cmake make
COPY . /src
WORKDIR /src/build
RUN cmake .. && make

FROM ubuntu:22.04
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
WORKDIR /src/build
COPY --from=build /src/build/hello /src/build/hello
CMD ["./hello"]
