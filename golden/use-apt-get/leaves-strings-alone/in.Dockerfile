FROM debian:12
RUN echo "apt install curl" && bash -c "apt install -y curl"
