FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y gcc make
WORKDIR /src
COPY . .
RUN make
CMD ["./app"]
