FROM debian:12
RUN wget --progress=dot:giga -O -q https://x.org/a
RUN wget --progress=dot:giga --header --quiet https://x.org/a
