FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY Api/Api.csproj ./Api/
COPY Core/Core.csproj Core/packages.lock.json ./Core/
COPY Directory.Packages.props global.json nuget.config ./
RUN dotnet restore "Api/Api.csproj" -r linux-x64
COPY . .
WORKDIR /src/Api
RUN dotnet publish --no-restore -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0
COPY --from=build /app /app
