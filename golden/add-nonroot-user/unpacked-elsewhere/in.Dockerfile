FROM python:3.12-slim
WORKDIR /app
RUN curl -fsSL https://example.com/tool.tgz | tar xz -C /usr/local/lib
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
