FROM golang:1.22 AS build
ARG PORT=8080
ENV PORT=$PORT CGO_ENABLED=0
WORKDIR /app
COPY go.mod *.go ./
COPY static ./static
RUN go build -o server .

FROM gcr.io/distroless/static-debian12
ARG PORT=8080
ENV PORT=$PORT CGO_ENABLED=0
WORKDIR /app
COPY --from=build /app/server /app/server
COPY --from=build /app/static /app/static
EXPOSE $PORT
CMD ["./server"]
