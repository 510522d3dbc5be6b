FROM mcr.microsoft.com/dotnet/sdk:8.0-jammy
WORKDIR /app
COPY . .
RUN dotnet publish -c Release -o out
CMD dotnet out/Shop.dll --urls http://+:5000
