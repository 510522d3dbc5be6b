FROM archlinux:base
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
