FROM java:8-jdk-alpine
RUN adduser -Dh /home/shop shop
WORKDIR /app
COPY target/shop.jar .
ENTRYPOINT ["java", "-jar", "/app/shop.jar"]
CMD ["--spring.profiles.active=postgres"]
