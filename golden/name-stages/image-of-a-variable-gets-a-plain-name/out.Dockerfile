ARG BASE
FROM ${BASE} AS build-0
RUN make
FROM ${BASE} AS build-1
RUN make tools
FROM debian:12
COPY --from=build-0 /a /a
COPY --from=build-1 /b /b
