FROM eclipse-temurin:21-jre
WORKDIR /app
COPY app.jar .
EXPOSE 8080
CMD ["bash", "-c", "java $JAVA_OPTS -jar app.jar"]
