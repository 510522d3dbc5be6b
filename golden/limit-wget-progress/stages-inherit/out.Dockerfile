FROM debian:12 AS base
FROM base
RUN wget --progress=dot:giga https://x.org/a
