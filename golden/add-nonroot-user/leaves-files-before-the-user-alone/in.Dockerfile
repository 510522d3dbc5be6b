FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN useradd web
EXPOSE 8000
CMD ["gunicorn", "app:app"]
