FROM mcr.microsoft.com/dotnet/sdk:6.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:6.0
COPY --from=build /app /app
WORKDIR /app
ENV ASPNETCORE_URLS=http://+:5000
CMD ["dotnet", "Shop.dll"]
