FROM debian:12 AS build
RUN mkdir /a
RUN mkdir /b
FROM scratch
COPY --from=build /a /a
