FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /app
COPY . .
RUN mvn clean package

FROM eclipse-temurin:21-jre
WORKDIR /app
COPY --from=build /app /app
EXPOSE 8080
CMD ["java", "-jar", "/app/target/app.jar"]
