FROM maven:3.9-eclipse-temurin-17
WORKDIR /app
ENV JAR=target/app.jar
COPY . .
RUN mvn package
CMD java -jar $JAR
