FROM debian:12
RUN apt-get -o Acquire::Check-Valid-Until=false update && apt-get install -y a
RUN apt-get install -y b
