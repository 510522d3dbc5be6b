FROM debian:12 AS debian-source
COPY --from=alpine-build /a /a
FROM alpine:3.20 AS alpine-build
RUN touch /a
FROM debian:12
COPY --from=debian-source /a /a
