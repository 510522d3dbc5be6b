FROM debian:12
RUN curl -fsSL https://example.com/install.sh | sh
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
