FROM redhat/ubi9-minimal:9.4
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
