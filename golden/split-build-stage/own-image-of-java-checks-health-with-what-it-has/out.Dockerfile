FROM eclipse-temurin:17-jdk AS build
WORKDIR /app
COPY . .
RUN ./mvnw -B package

FROM registry.local/run/java:17
WORKDIR /app
COPY --from=build /app /app
HEALTHCHECK CMD ["probe", "8080"]
CMD ["java", "-jar", "target/shop.jar"]
