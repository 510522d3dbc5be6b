FROM eclipse-temurin:21-jdk-alpine
WORKDIR /srv
COPY . .
RUN chmod +x gradlew && ./gradlew --no-daemon bootJar
HEALTHCHECK CMD wget -q -O /dev/null http://localhost:8080/health || exit 1
CMD ["java", "-jar", "build/libs/shop.jar"]
