FROM debian:12
RUN $SETUP && echo a
RUN mkdir /b
