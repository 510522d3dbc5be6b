FROM debian:12-slim
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --create-home --shell /usr/sbin/nologin app \
    && mkdir -p /srv/app \
    && chown app:app /srv/app
RUN apt-get update && apt-get install -y python3
WORKDIR /srv/app
COPY --chown=app:app . .
EXPOSE 8080
USER app
CMD ["python3", "-m", "http.server", "8080"]
