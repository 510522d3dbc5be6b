FROM example.com/company/base:1
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
