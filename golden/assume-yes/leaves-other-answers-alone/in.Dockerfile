FROM debian:12
RUN echo n | apt-get install curl; apt-get install git < answers
