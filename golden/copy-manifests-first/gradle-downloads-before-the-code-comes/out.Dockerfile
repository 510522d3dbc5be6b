FROM gradle:8 AS build
WORKDIR /src
COPY settings.gradle build.gradle gradlew ./
COPY gradle ./gradle/
RUN ./gradlew --no-daemon dependencies
COPY . .
RUN ./gradlew --no-daemon build

FROM eclipse-temurin:21
COPY --from=build /src/build/libs/app.jar /app.jar
