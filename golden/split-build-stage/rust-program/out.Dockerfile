FROM rust:1.73 AS build
WORKDIR /usr/src/app
COPY . .
RUN cargo install --path .

FROM gcr.io/distroless/cc-debian12
WORKDIR /usr/src/app
COPY --from=build /usr/local/cargo/bin/hello /usr/local/bin/hello
COPY --from=build /usr/src/app/static /usr/src/app/static
EXPOSE 8080
CMD ["hello"]
