RUN make
FROM alpine:3.20
COPY --from=0 /a /a
