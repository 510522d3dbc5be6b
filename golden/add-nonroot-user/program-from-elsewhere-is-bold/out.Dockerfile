FROM golang:1.22 AS build
RUN git clone https://example.com/agent /src && cd /src && go build -o /agent

FROM scratch
COPY --from=build /agent /agent
EXPOSE 8080
USER 65532:65532
ENTRYPOINT ["/agent"]
