FROM python:3.12-slim
USER root
WORKDIR /app
COPY . .
RUN python manage.py collectstatic
VOLUME /app/media
EXPOSE 8000
CMD ["gunicorn", "app:app"]
