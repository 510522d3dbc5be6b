FROM maven:3.9-eclipse-temurin-17 AS build
ENV APP=/srv/app
WORKDIR $APP
COPY . .
RUN mvn package

FROM eclipse-temurin:17-jre
ENV APP=/srv/app
WORKDIR /srv/app
COPY --from=build /srv/app /srv/app
CMD ["java", "-jar", "target/app.jar"]
