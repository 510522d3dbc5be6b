FROM debian:12
COPY --from=1 /a /a
FROM alpine:3.20
RUN touch /a
FROM debian:12
COPY --from=0 /a /a
