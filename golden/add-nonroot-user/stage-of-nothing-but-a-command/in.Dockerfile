FROM python:3.12-slim
WORKDIR /srv/app
CMD ["gunicorn", "app:app"]
