FROM mcr.microsoft.com/dotnet/sdk:6.0
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /app
WORKDIR /app
ENV ASPNETCORE_URLS=http://+:5000
CMD ["dotnet", "Shop.dll"]
