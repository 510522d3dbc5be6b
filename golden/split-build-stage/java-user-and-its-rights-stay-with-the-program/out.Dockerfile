FROM maven:3-eclipse-temurin-17-alpine AS build
WORKDIR /app
COPY pom.xml ./
COPY src ./src
RUN mvn package

FROM eclipse-temurin:17-jre-alpine
WORKDIR /app
COPY --from=build /app/target/orders-1.4.0.jar /app/target/orders-1.4.0.jar
RUN addgroup -S app && adduser -S app -G app
RUN mkdir -p /data && chown app:app /data /app/target/orders-1.4.0.jar
USER app
VOLUME /data
CMD ["java", "-jar", "target/orders-1.4.0.jar"]
