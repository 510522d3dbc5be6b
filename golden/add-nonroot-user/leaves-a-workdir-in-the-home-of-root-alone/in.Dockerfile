FROM python:3.12-slim
WORKDIR /root/app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "app:app"]
