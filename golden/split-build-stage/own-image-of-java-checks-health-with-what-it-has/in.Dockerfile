FROM eclipse-temurin:17-jdk
WORKDIR /app
COPY . .
RUN ./mvnw -B package
HEALTHCHECK CMD ["probe", "8080"]
CMD ["java", "-jar", "target/shop.jar"]
