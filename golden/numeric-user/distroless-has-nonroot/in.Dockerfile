FROM gcr.io/distroless/static
COPY server /
USER nonroot:nonroot
ENTRYPOINT ["/server"]
