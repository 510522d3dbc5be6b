FROM rust:1.83
WORKDIR /shop
COPY . .
RUN cargo build --release
EXPOSE 8080
CMD ["./target/release/shop"]
