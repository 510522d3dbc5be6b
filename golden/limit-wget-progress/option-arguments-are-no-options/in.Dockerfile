FROM debian:12
RUN wget -O -q https://x.org/a
RUN wget --header --quiet https://x.org/a
