FROM gradle:8-jdk17
WORKDIR /app
COPY --chown=gradle:gradle build/libs/shop.jar /app/
USER gradle
CMD ["java", "-jar", "shop.jar"]
