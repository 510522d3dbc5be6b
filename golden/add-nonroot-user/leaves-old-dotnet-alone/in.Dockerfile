FROM mcr.microsoft.com/dotnet/aspnet:6.0
WORKDIR /app
COPY bin/ .
ENTRYPOINT ["dotnet", "web.dll"]
