FROM --platform=$BUILDPLATFORM golang:1.22
FROM --platform=linux/amd64 alpine:3.20
FROM --platform=$FOOBAR alpine:3.24
FROM --platform=${TARGETPLATFORM:-linux/amd64} alpine:3.24
