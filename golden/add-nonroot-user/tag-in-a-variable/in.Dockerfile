ARG VERSION=3.12
FROM python:${VERSION}-alpine
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
