FROM golang:1.22
WORKDIR /app
COPY --chown=1000:1000 data /app/data
COPY --chown=1000:1000 main.go go.mod /app/
RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .
USER 1000
CMD ["server"]
