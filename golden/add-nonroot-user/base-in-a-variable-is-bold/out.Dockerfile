ARG BASE=python:3.12-slim
FROM ${BASE}
WORKDIR /app
RUN { id -u app >/dev/null 2>&1 || { groupadd --gid 10001 app && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app; }; } \
    && chown app:app /app
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
