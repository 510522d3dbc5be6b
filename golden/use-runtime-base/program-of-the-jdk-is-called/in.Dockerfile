FROM eclipse-temurin:17-jdk
COPY target/shop.jar /shop.jar
RUN jdeps --list-deps /shop.jar > /modules
CMD ["java", "-jar", "/shop.jar"]
