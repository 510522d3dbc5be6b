FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out

FROM registry.local/run/net:8.0
WORKDIR /src
COPY --from=build /out /out
COPY --from=build /src /src
ENTRYPOINT ["dotnet", "/out/shop.dll"]
