FROM rust:1.80-slim-bookworm AS api
ENV RUST_LOG=info
WORKDIR /app
COPY Cargo.toml Cargo.lock ./
COPY src ./src
RUN cargo build --release --locked
CMD ["./target/release/api"]
