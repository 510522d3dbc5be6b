FROM python:3.12-slim
WORKDIR /app
COPY . .
EXPOSE 8000
ENTRYPOINT ["./entrypoint.sh"]
CMD ["gunicorn", "app:app"]
