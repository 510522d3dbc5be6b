FROM debian:12
RUN apt-get update -o Dir::State=/x && apt-get install -y -o Dir::Cache=/x curl
RUN --network=host apt-get update && apt-get install -y curl
RUN setup() { apt-get update && apt-get install -y curl; }; setup
RUN sh -c "apt-get update && apt-get install -y curl"
