FROM gradle:8 AS build
WORKDIR /src
COPY settings.gradle.kts build.gradle.kts gradle.properties gradlew ./
COPY gradle ./gradle/
COPY api/build.gradle.kts ./api/
COPY libs/common/build.gradle.kts ./libs/common/
RUN ./gradlew --no-daemon dependencies
COPY . .
RUN ./gradlew --no-daemon build

FROM eclipse-temurin:21
COPY --from=build /src/build/libs/app.jar /app.jar
