FROM eclipse-temurin:17-jre
COPY target/shop.jar /shop.jar
CMD ["java", "-jar", "/shop.jar"]
