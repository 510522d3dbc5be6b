FROM mcr.microsoft.com/dotnet/sdk:8.0
WORKDIR /src
COPY . .
RUN dotnet publish -r linux-x64 --self-contained -c Release -o /app
WORKDIR /app
CMD ["/app/Worker"]
