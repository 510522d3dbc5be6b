FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY Shop.csproj ./
RUN dotnet restore
COPY . .
RUN dotnet publish -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:8.0
COPY --from=build /app /app
ENV DOTNET_NOLOGO=true
WORKDIR /app
EXPOSE 8080
ENTRYPOINT ["dotnet", "Shop.dll"]
