FROM amazoncorretto:17-al2023-jdk AS build
WORKDIR /app
COPY . .
RUN ./mvnw package

FROM amazoncorretto:17-al2023-headful
WORKDIR /app
COPY --from=build /app/target /app/target
ENTRYPOINT ["sh", "-c", "exec java -jar target/*.jar"]
