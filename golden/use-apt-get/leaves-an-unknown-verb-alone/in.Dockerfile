FROM debian:12
RUN apt $VERB curl
