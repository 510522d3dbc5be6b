FROM gradle:8-jdk17
WORKDIR /home/gradle/src
COPY --chown=gradle:gradle . .
RUN gradle bootJar
USER 1000
CMD ["java", "-jar", "build/libs/app.jar"]
