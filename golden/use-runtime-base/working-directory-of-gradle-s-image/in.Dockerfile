FROM gradle:8-jdk17
COPY build/libs/shop.jar ./
CMD ["java", "-jar", "shop.jar"]
