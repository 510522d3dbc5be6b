FROM archlinux:base
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/bin/nologin app \
    && chown app:app /app
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
