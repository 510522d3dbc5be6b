FROM eclipse-temurin:17-jdk
WORKDIR /app
COPY . .
RUN ./mvnw package && java -Djarmode=layertools -jar target/app.jar extract
CMD ["java", "org.springframework.boot.loader.launch.JarLauncher"]
