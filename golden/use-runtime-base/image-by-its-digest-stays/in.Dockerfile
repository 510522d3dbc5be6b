FROM eclipse-temurin:17-jdk@sha256:2b4c8b3f4f1c1b1f4f0a6a4f0c5e5f0d3a1b2c3d4e5f60718293a4b5c6d7e8f9
COPY target/shop.jar /shop.jar
CMD ["java", "-jar", "/shop.jar"]
