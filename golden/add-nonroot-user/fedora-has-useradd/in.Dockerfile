FROM fedora:40
RUN dnf install -y python3
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
