FROM sbtscala/scala-sbt:eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN sbt update
RUN sbt assembly

FROM eclipse-temurin:21
COPY --from=build /src/target/app.jar /app.jar
