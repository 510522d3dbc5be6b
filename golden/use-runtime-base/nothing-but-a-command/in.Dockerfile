FROM gradle:8-jdk17
CMD ["java", "-jar", "shop.jar"]
