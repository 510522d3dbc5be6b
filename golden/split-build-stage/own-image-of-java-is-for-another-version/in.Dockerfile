FROM maven:3
WORKDIR /app
COPY . .
RUN mvn -B package
CMD ["java", "-jar", "target/shop.jar"]
