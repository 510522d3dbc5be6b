FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -r linux-x64 --self-contained -c Release -o /app

FROM mcr.microsoft.com/dotnet/runtime-deps:8.0
COPY --from=build /app /app
WORKDIR /app
CMD ["/app/Worker"]
