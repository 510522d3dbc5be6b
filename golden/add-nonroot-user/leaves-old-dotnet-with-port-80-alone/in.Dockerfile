FROM mcr.microsoft.com/dotnet/aspnet:6.0
WORKDIR /app
COPY bin/ .
EXPOSE 80
ENTRYPOINT ["dotnet", "web.dll"]
