FROM debian:12
RUN mkdir /a \
    && export HOME=/a && touch ~/b
