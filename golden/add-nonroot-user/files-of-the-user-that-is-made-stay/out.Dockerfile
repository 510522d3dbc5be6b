FROM python:3.12-slim
RUN useradd web
WORKDIR /app
COPY . .
RUN chown -R web:web /app
EXPOSE 8000
USER web
CMD ["gunicorn", "app:app"]
