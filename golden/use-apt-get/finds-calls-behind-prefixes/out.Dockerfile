FROM debian:12
RUN sudo -E apt-get update && DEBIAN_FRONTEND=noninteractive apt-get -y install a && env X=y apt-get install b
