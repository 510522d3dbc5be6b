FROM maven:3.9-eclipse-temurin-17
ARG HOME_OF_APP=/srv/app
ENV APP=${HOME_OF_APP}
WORKDIR $APP
COPY . .
RUN mvn package
CMD ["java", "-jar", "target/app.jar"]
