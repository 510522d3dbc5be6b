FROM mcr.microsoft.com/dotnet/sdk:8.0 AS publish
WORKDIR /source
COPY . .
RUN dotnet publish -o /app
FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
COPY --link --from=publish /app .
ENTRYPOINT ["dotnet", "app.dll"]
