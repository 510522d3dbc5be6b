FROM python:3.12-slim
RUN apt-get update && apt-get install -y sudo
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
