FROM maven:3.9 AS build
WORKDIR /src
COPY . .
RUN mvn dependency:go-offline package

FROM eclipse-temurin:21
COPY --from=build /src/target/app.jar /app.jar
