FROM registry.example.com:5000/python:3.12
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
