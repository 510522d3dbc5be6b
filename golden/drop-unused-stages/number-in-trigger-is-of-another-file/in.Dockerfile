FROM debian:12 AS build
RUN touch /a
FROM debian:12
ONBUILD COPY --from=0 /b /b
