FROM golang:1.22 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /server .

FROM golang:1.22
RUN apt-get update && apt-get install -y ffmpeg
COPY --from=build /server /server
CMD ["/server"]
