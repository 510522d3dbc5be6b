FROM eclipse-temurin:17-jdk-alpine
COPY target/shop.jar /shop.jar
HEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1
CMD ["java", "-jar", "/shop.jar"]
