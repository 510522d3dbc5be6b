FROM debian:12 AS base
RUN mkdir /a
RUN mkdir /b
FROM base AS test
RUN mkdir /c
RUN mkdir /d
FROM debian:12
COPY --from=base /a /a
