FROM debian:12 AS base
RUN touch /a
FROM base AS build
RUN touch /b
FROM base AS vendor
RUN touch /c
FROM base
COPY --from=Build /b /b
RUN --mount=from=vendor,target=/c ls /c
