FROM debian:12
RUN mkdir /a
RUN export HOME=/a && touch ~/b
