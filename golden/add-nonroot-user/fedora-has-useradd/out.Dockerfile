FROM fedora:40
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /sbin/nologin app \
    && mkdir -p /app \
    && chown app:app /app
RUN dnf install -y python3
WORKDIR /app
COPY --chown=app:app . .
EXPOSE 8000
USER app
CMD ["gunicorn", "app:app"]
