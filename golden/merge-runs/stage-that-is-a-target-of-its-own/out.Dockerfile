FROM debian:12 AS base
RUN mkdir /a \
    && mkdir /b
FROM base AS test
RUN mkdir /c \
    && mkdir /d
FROM debian:12
COPY --from=base /a /a
