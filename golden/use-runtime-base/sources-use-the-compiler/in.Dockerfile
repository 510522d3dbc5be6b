FROM maven:3-eclipse-temurin-21-alpine AS build
WORKDIR /src
COPY . .
RUN mvn package

FROM eclipse-temurin:21
COPY --from=build /src/target/shop.jar /
CMD ["java", "-jar", "/shop.jar"]
