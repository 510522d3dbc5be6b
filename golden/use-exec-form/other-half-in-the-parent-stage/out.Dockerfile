FROM debian:12 AS base
ENTRYPOINT ["/usr/bin/dumb-init", "--"]
FROM base AS app
RUN true
FROM app
CMD ["serve", "--port", "80"]
