FROM maven:3.8-openjdk-11-slim AS build
WORKDIR /app
COPY . .
RUN mvn package dependency:copy-dependencies

FROM openjdk:11-jre-slim
WORKDIR /app
COPY --from=build /app/target /app/target
CMD ["java", "-jar", "target/orders-1.4.0.jar"]
