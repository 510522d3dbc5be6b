FROM golang:1.22
COPY --chown=nonroot . /srv/app
WORKDIR /srv/app
RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .
USER nonroot
CMD ["server"]
