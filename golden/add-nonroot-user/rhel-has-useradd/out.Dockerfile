FROM registry.access.redhat.com/ubi9/ubi:9.4
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-create-home --home-dir /nonexistent --shell /sbin/nologin app \
    && chown app:app /app
COPY --chown=app:app server.jar .
EXPOSE 8080
USER app
CMD ["java", "-jar", "server.jar"]
