FROM python:3.12-slim
RUN useradd web
ENV UPLOAD_DIR=/srv/uploads
USER web:web
ADD --chown=web:web samples /srv/uploads
CMD ["gunicorn", "app:app"]
