FROM debian:12-slim
RUN apt-get update && apt-get install -y python3
WORKDIR /srv/app
COPY . .
EXPOSE 8080
CMD ["python3", "-m", "http.server", "8080"]
