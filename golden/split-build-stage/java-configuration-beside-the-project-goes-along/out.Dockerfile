FROM eclipse-temurin:21-jdk-alpine AS build
WORKDIR /srv
COPY . .
RUN chmod +x gradlew && ./gradlew --no-daemon bootJar

FROM eclipse-temurin:21-jre-alpine
WORKDIR /srv
COPY --from=build /srv/build/libs/shop.jar /srv/build/libs/shop.jar
COPY --from=build /srv/config /srv/config
HEALTHCHECK CMD wget -q -O /dev/null http://localhost:8080/health || exit 1
CMD ["java", "-jar", "build/libs/shop.jar"]
