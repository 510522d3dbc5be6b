FROM maven:3.9-eclipse-temurin-17-alpine
WORKDIR /app
COPY . .
RUN mvn package
HEALTHCHECK CMD ["curl", "-f", "http://localhost:8080/health"]
CMD ["java", "-jar", "target/app.jar"]
