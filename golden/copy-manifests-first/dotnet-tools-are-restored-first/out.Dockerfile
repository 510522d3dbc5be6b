FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY .config/dotnet-tools.json ./.config/
RUN dotnet tool restore
COPY . .
