FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY . .
RUN dotnet ef migrations bundle -o /app/efbundle && dotnet publish -c Release -o /app
CMD ["dotnet", "/app/Shop.dll"]
