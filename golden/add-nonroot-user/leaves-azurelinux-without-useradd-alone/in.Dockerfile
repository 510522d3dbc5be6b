FROM mcr.microsoft.com/azurelinux/base/core:3.0
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
