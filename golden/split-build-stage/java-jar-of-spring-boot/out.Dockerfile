FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /app
# The packages, as long as pom.xml is the same.
COPY pom.xml ./
RUN mvn -B dependency:go-offline
COPY src ./src
RUN mvn -B -DskipTests package

FROM eclipse-temurin:17-jre
WORKDIR /app
COPY --from=build /app/target/orders-1.4.0.jar /app/target/orders-1.4.0.jar
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75" MAVEN_OPTS=-Xmx512m
# HTTP.
EXPOSE 8080
ENTRYPOINT ["java", "-XX:+UseG1GC", "-jar", "target/orders-1.4.0.jar", "--spring.profiles.active=prod"]
