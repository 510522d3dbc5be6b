FROM mcr.microsoft.com/dotnet/sdk:8.0-jammy AS build
WORKDIR /app
COPY . .
RUN dotnet publish -c Release -o out

FROM mcr.microsoft.com/dotnet/aspnet:8.0-jammy
WORKDIR /app
COPY --from=build /app/appsettings.json /app/appsettings.json
COPY --from=build /app/out /app/out
COPY --from=build /app/wwwroot /app/wwwroot
CMD dotnet out/Shop.dll --urls http://+:5000
