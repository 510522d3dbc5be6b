FROM maven:3.9-eclipse-temurin-17
WORKDIR /app
COPY . .
RUN mvn package
CMD ./wait-for.sh db:5432 && java -jar target/app.jar
