FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
COPY bin/ .
EXPOSE 8080
ENTRYPOINT ["dotnet", "web.dll"]
