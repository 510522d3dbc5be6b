ARG TAG=17-jdk
FROM eclipse-temurin:${TAG}
COPY target/shop.jar /shop.jar
CMD ["java", "-jar", "/shop.jar"]
