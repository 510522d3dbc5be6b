FROM debian:12 AS build
RUN apt-get update && apt-get install -y a
FROM scratch
COPY --from=build /a /a
