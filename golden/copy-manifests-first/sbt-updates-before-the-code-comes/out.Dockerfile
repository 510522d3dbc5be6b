FROM sbtscala/scala-sbt:eclipse-temurin-21 AS build
WORKDIR /src
COPY build.sbt ./
COPY project ./project/
COPY core/build.sbt ./core/
RUN sbt update
COPY . .
RUN sbt assembly

FROM eclipse-temurin:21
COPY --from=build /src/target/app.jar /app.jar
