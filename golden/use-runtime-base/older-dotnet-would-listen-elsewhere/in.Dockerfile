FROM mcr.microsoft.com/dotnet/sdk:6.0
WORKDIR /app
COPY publish/ .
ENTRYPOINT ["dotnet", "Shop.dll"]
