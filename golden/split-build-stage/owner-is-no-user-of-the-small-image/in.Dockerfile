FROM golang:1.22
WORKDIR /app
COPY --chown=nobody:nogroup . .
RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .
USER nobody
CMD ["server"]
