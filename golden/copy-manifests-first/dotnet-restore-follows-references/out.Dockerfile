FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /repo
WORKDIR /repo/src/Api
COPY src/Api/Api.csproj ./
COPY src/Core/Core.csproj /repo/src/Core/
COPY Directory.Build.props nuget.config /repo/
RUN dotnet restore
COPY . /repo/
RUN dotnet publish -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0
COPY --from=build /app /app
