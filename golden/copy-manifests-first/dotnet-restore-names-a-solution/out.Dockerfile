FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY All.sln ./
COPY Api/Api.csproj ./Api/
COPY Core/Core.csproj ./Core/
RUN dotnet restore All.sln
COPY . .
WORKDIR /src/Api
RUN dotnet publish --no-restore -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0
COPY --from=build /app /app
