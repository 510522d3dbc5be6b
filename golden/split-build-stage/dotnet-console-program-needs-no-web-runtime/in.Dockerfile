FROM mcr.microsoft.com/dotnet/sdk:9.0 AS worker
WORKDIR /worker
COPY . .
RUN dotnet publish Worker.csproj -c Release -o /worker/publish
WORKDIR /worker/publish
USER app
CMD ["./Worker"]
