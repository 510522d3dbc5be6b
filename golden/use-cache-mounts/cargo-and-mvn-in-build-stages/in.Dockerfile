FROM rust:1.80 AS rust
COPY . .
RUN cargo build --release

FROM maven:3.9 AS java
COPY . .
RUN mvn -B package

FROM debian:12
COPY --from=rust /target/release/app /usr/bin/
COPY --from=java /target/app.jar /app/
