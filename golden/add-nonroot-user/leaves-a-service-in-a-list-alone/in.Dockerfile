FROM debian:12
WORKDIR /app
COPY . .
EXPOSE 8000
CMD service cron start && python3 app.py
