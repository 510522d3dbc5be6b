ARG BASE
FROM ${BASE}
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
