FROM python:3.12-slim
RUN groupadd web && useradd -g web web
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
