FROM debian:12
# separate commands, to avoid time-outs
RUN apt-get install -y a
RUN apt-get install -y b
RUN apt-get install -y c
