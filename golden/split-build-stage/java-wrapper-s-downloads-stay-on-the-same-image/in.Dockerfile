FROM openjdk:17-jdk-slim
WORKDIR /app
COPY . .
RUN ./mvnw package -DskipTests && cp target/*.jar /app.jar
CMD ["sh", "-c", "java $JAVA_OPTS -jar /app.jar"]
