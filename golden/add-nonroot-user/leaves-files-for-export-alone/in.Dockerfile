FROM debian:12 AS build
COPY . /src
RUN make -C /src app.apk
FROM scratch
COPY --from=build /src/app.apk /app.apk
CMD ["/app.apk"]
