FROM ubuntu:24.04
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin app \
    && chown app:app /app
COPY --chown=app:app server.jar .
EXPOSE 8080
USER app
CMD ["java", "-jar", "server.jar"]
