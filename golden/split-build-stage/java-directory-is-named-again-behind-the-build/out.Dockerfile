FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
COPY . .
RUN mvn -B package

FROM eclipse-temurin:17-jre
COPY --from=build /app /app
WORKDIR /app
CMD ["java", "-jar", "target/shop.jar"]
