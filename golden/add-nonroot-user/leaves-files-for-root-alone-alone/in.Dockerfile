FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN chmod 600 settings.py
EXPOSE 8000
CMD ["gunicorn", "app:app"]
