FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY All.slnx ./
COPY Api/Api.csproj ./Api/
RUN dotnet restore All.slnx
COPY . .
WORKDIR /src/Api
RUN dotnet publish --no-restore -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0
COPY --from=build /app /app
