FROM debian:12
COPY --from=0 /a /a
COPY --from=7 /a /a
