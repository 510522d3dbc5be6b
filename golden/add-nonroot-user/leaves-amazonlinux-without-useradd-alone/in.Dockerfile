FROM amazonlinux:2023
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
