FROM amazoncorretto:17-al2023-jdk
WORKDIR /app
COPY . .
RUN ./mvnw package
ENTRYPOINT ["sh", "-c", "exec java -jar target/*.jar"]
