FROM maven:3.8-openjdk-11-slim
WORKDIR /app
COPY . .
RUN mvn package dependency:copy-dependencies
CMD ["java", "-jar", "target/orders-1.4.0.jar"]
