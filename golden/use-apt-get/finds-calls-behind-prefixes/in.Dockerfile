FROM debian:12
RUN sudo -E apt update && DEBIAN_FRONTEND=noninteractive apt -y install a && env X=y apt install b
