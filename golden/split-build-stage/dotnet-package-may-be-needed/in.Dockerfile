FROM mcr.microsoft.com/dotnet/sdk:8.0
RUN apt-get update && apt-get install -y --no-install-recommends libgdiplus && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /app
CMD ["dotnet", "/app/Shop.dll"]
