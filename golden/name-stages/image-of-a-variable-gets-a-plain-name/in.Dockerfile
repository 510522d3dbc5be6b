ARG BASE
FROM ${BASE}
RUN make
FROM ${BASE}
RUN make tools
FROM debian:12
COPY --from=0 /a /a
COPY --from=1 /b /b
