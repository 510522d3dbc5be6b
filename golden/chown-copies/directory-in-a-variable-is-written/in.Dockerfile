FROM python:3.12-slim
RUN useradd web
ENV UPLOAD_DIR=/srv/uploads
USER web:web
ADD samples /srv/uploads
CMD ["gunicorn", "app:app"]
