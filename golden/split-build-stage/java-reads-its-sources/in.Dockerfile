FROM maven:3.9-eclipse-temurin-17
WORKDIR /app
COPY pom.xml ./
COPY src ./src
RUN mvn package
CMD ["java", "-jar", "target/orders-1.4.0.jar"]
