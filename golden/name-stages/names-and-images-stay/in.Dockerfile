FROM golang:1.22 AS build
RUN go build -o /a .
FROM debian:12
COPY --from=build /a /a
COPY --from=busybox:1.36 /bin/busybox /bin/busybox
RUN echo COPY --from=0 /a /a
