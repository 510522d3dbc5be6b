FROM maven:3.9
WORKDIR /app
COPY . .
RUN mvn -B package
EXPOSE 8080
CMD ["mvn", "spring-boot:run"]
