FROM python:3.12-slim
WORKDIR /app
COPY --link . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
