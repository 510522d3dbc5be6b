FROM openjdk:17-jdk-slim AS build
WORKDIR /app
COPY . .
RUN ./mvnw package -DskipTests && cp target/*.jar /app.jar

FROM openjdk:17-jdk-slim
WORKDIR /app
COPY --from=build /app.jar /app.jar
CMD ["sh", "-c", "java $JAVA_OPTS -jar /app.jar"]
