FROM rust:1.80
RUN apt-get update && apt-get install -y libpq-dev
WORKDIR /app
COPY Cargo.toml Cargo.lock ./
COPY src ./src
RUN cargo build --release
CMD ["/app/target/release/api"]
