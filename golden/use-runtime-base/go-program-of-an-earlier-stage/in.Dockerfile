FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/server .

FROM golang:1.22
# The one that is built above.
COPY --from=build /out/server /usr/local/bin/
EXPOSE 8080
USER nobody
CMD ["server"]
