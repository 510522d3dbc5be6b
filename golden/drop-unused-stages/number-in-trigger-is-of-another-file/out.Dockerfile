FROM debian:12
ONBUILD COPY --from=0 /b /b
