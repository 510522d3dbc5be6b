FROM rust:1.83 AS build
WORKDIR /shop
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian12
WORKDIR /shop
COPY --from=build /shop/target/release/shop /shop/target/release/shop
COPY --from=build /shop/config /shop/config
EXPOSE 8080
CMD ["./target/release/shop"]
