FROM rust:1.79 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:12
COPY --from=build /src/target/release/app /bin/app
