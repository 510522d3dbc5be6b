FROM maven:3
COPY target/shop.jar /shop.jar
CMD ["java", "-jar", "/shop.jar"]
