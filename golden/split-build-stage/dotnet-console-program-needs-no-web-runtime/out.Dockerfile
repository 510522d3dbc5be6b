FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build
WORKDIR /worker
COPY . .
RUN dotnet publish Worker.csproj -c Release -o /worker/publish

FROM mcr.microsoft.com/dotnet/runtime:9.0 AS worker
COPY --from=build /worker/publish /worker/publish
WORKDIR /worker/publish
USER app
CMD ["./Worker"]
