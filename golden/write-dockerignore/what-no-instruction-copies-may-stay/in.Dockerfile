FROM alpine:3.20
COPY src /src
RUN ls /src
