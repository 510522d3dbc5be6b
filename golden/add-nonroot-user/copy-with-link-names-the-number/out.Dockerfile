FROM mcr.microsoft.com/dotnet/sdk:8.0 AS publish
WORKDIR /source
COPY . .
RUN dotnet publish -o /app
FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
RUN chown app:app /app
COPY --link --from=publish --chown=1654:1654 /app .
USER app
ENTRYPOINT ["dotnet", "app.dll"]
