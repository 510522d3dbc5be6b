FROM gradle:8 AS build
WORKDIR /src
COPY . .
RUN ./gradlew --no-daemon dependencies
RUN ./gradlew --no-daemon build

FROM eclipse-temurin:21
COPY --from=build /src/build/libs/app.jar /app.jar
