FROM python:3.12-slim
ENV PORT=80
WORKDIR /app
COPY . .
CMD gunicorn -b :$PORT app:app
