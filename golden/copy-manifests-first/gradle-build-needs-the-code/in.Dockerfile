FROM gradle:8 AS build
WORKDIR /src
COPY . .
RUN gradle build

FROM eclipse-temurin:21
COPY --from=build /src/build/app.jar /app.jar
