FROM python:3.12-slim
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && mkdir -p /srv/app \
    && chown app:app /srv/app
WORKDIR /srv/app
USER app
CMD ["gunicorn", "app:app"]
