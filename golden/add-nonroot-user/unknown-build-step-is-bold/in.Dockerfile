FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN python manage.py collectstatic --noinput
EXPOSE 8000
CMD ["gunicorn", "app:app"]
