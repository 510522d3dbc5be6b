FROM ubuntu:24.04
WORKDIR /app
COPY server.jar .
EXPOSE 8080
CMD ["java", "-jar", "server.jar"]
