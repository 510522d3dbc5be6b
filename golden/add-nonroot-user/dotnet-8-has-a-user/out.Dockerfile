FROM mcr.microsoft.com/dotnet/aspnet:8.0
WORKDIR /app
RUN chown app:app /app
COPY --chown=app:app bin/ .
EXPOSE 8080
USER app
ENTRYPOINT ["dotnet", "web.dll"]
