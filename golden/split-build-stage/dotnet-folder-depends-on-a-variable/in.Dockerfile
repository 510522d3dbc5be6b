FROM mcr.microsoft.com/dotnet/sdk:8.0
ARG OUT=/app
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o $OUT
CMD ["dotnet", "/app/Shop.dll"]
