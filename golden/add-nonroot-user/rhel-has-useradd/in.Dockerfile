FROM registry.access.redhat.com/ubi9/ubi:9.4
WORKDIR /app
COPY server.jar .
EXPOSE 8080
CMD ["java", "-jar", "server.jar"]
