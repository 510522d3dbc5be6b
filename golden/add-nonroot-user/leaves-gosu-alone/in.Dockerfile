FROM debian:12
WORKDIR /app
COPY . .
CMD ["gosu", "web", "python3", "app.py"]
