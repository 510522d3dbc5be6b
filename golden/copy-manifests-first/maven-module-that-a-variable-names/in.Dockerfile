FROM maven:3.9 AS build
WORKDIR /src
COPY . .
RUN mvn -B dependency:go-offline
RUN mvn -B -o package

FROM eclipse-temurin:21
COPY --from=build /src/target/app.jar /app.jar
