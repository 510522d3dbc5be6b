FROM debian:12
RUN mkdir /vol \
    && mkdir /vol/data
VOLUME /vol/data
RUN touch /vol/data/a
RUN mkdir /b \
    && touch /vol/data/c
