FROM debian:12 AS build
RUN touch /a
FROM debian:12
RUN touch /b
FROM debian:12
COPY --from=1 /b /b
