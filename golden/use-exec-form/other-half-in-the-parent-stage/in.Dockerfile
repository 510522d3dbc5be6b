FROM debian:12 AS base
ENTRYPOINT ["/usr/bin/dumb-init", "--"]
FROM base AS app
RUN true
FROM app
CMD exec serve --port 80
