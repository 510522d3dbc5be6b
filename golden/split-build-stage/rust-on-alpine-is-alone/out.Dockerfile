FROM rust:1.80-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /app
COPY Cargo.toml Cargo.lock ./
COPY src ./src
RUN cargo build --release

FROM gcr.io/distroless/static-debian12
WORKDIR /app
COPY --from=build /app/target/release/api /app/target/release/api
COPY --from=build /app/src /app/src
CMD ["/app/target/release/api"]
