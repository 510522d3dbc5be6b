FROM maven:3.9-eclipse-temurin-17
ENV APP=/srv/app
WORKDIR $APP
COPY . .
RUN mvn package
CMD ["java", "-jar", "target/app.jar"]
