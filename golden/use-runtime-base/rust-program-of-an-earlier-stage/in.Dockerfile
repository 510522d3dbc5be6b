FROM rust:1.80 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM rust:1.80
WORKDIR /app
COPY --from=build /src/target/release/serve .
CMD ["./serve"]
