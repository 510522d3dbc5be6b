FROM debian:12
RUN echo "sudo ls" && apt-get install -y sudo
CMD ["sudo", "ls"]
