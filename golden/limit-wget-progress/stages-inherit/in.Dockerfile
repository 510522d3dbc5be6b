FROM debian:12 AS base
FROM base
RUN wget https://x.org/a
