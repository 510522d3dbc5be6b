FROM python:3.12-slim AS api
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && chown app:app /app
COPY --chown=app:app api .
USER app
CMD ["gunicorn", "api:app"]

FROM python:3.12-slim AS admin
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && chown app:app /app
COPY --chown=app:app admin .
USER app
CMD ["gunicorn", "admin:app"]
