FROM eclipse-temurin:21-jre
WORKDIR /app
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin app \
    && chown app:app /app
COPY --chown=app:app app.jar .
EXPOSE 8080
USER app
CMD ["bash", "-c", "java $JAVA_OPTS -jar app.jar"]
