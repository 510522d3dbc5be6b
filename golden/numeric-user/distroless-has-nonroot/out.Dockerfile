FROM gcr.io/distroless/static
COPY server /
USER 65532:65532
ENTRYPOINT ["/server"]
