FROM openjdk:17-slim
COPY target/shop.jar /shop.jar
CMD ["java", "-jar", "/shop.jar"]
