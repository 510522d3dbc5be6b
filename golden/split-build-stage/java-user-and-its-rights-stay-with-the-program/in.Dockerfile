FROM maven:3-eclipse-temurin-17-alpine
WORKDIR /app
COPY pom.xml ./
COPY src ./src
RUN mvn package
RUN addgroup -S app && adduser -S app -G app
RUN mkdir -p /data && chown app:app /data /app/target/orders-1.4.0.jar
USER app
VOLUME /data
CMD ["java", "-jar", "target/orders-1.4.0.jar"]
