FROM eclipse-temurin:17-jdk
COPY target/shop.jar /shop.jar
