FROM alpine:3.19 AS build
RUN apk add --no-cache build-base cmake
WORKDIR /src
COPY . .
RUN cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build

FROM alpine:3.19
RUN apk add --no-cache libgcc libgomp libstdc++
WORKDIR /src
COPY --from=build /src/build/hello /src/build/hello
CMD ["./build/hello"]
