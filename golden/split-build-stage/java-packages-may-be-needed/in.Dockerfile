FROM maven:3.9-eclipse-temurin-17
RUN apt-get update && apt-get install -y git ffmpeg
WORKDIR /app
COPY . .
RUN mvn package
CMD ["java", "-jar", "target/app.jar"]
