FROM python:3.12-slim
USER root
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && mkdir -p /app/media \
    && chown app:app /app /app/media
COPY --chown=app:app . .
RUN python manage.py collectstatic
VOLUME /app/media
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
