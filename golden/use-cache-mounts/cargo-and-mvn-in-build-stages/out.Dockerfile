FROM rust:1.80 AS rust
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/usr/local/cargo/git/db \
    cargo build --release

FROM maven:3.9 AS java
COPY . .
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked \
    mvn -B package

FROM debian:12
COPY --from=rust /target/release/app /usr/bin/
COPY --from=java /target/app.jar /app/
