FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY Shop.csproj ./
RUN dotnet restore
COPY . .
RUN dotnet publish -c Release --no-restore -o /app
ENV DOTNET_NOLOGO=true
WORKDIR /app
EXPOSE 8080
ENTRYPOINT ["dotnet", "Shop.dll"]
