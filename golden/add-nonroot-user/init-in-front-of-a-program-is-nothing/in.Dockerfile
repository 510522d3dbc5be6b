FROM python:3.12-slim
WORKDIR /app
COPY . .
EXPOSE 8000
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["gunicorn", "app:app"]
