FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY pom.xml .
COPY src src
RUN mvn -B package

FROM registry.local/run/java:17
WORKDIR /app
COPY --from=build /app/target /app/target
CMD ["java", "-jar", "target/shop.jar"]
