FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /app
HEALTHCHECK CMD curl -f http://localhost:8080/health || exit 1
CMD ["dotnet", "/app/Shop.dll"]
