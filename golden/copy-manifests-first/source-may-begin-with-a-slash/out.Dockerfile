FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
ARG TARGETARCH
WORKDIR /src
COPY src/api/Api.csproj ./Api/
RUN dotnet restore "./Api/Api.csproj" -r linux-$TARGETARCH
COPY ["/src/api/", "Api/"]
COPY ["/pb/demo.proto", "Api/protos/demo.proto"]
