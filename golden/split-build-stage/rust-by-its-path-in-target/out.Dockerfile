FROM rust:1.80-slim-bookworm AS build
ENV RUST_LOG=info
WORKDIR /app
COPY Cargo.toml Cargo.lock ./
COPY src ./src
RUN cargo build --release --locked

FROM gcr.io/distroless/cc-debian12 AS api
ENV RUST_LOG=info
WORKDIR /app
COPY --from=build /app/target/release/api /app/target/release/api
COPY --from=build /app/src /app/src
CMD ["./target/release/api"]
