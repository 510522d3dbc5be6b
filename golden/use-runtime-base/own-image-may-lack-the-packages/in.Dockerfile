FROM eclipse-temurin:17-jdk
RUN apt-get update && apt-get install -y fontconfig
COPY target/shop.jar /shop.jar
CMD ["java", "-jar", "/shop.jar"]
