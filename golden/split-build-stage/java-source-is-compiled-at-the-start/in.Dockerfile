FROM eclipse-temurin:21-jdk
WORKDIR /app
COPY . .
RUN javac Library.java
CMD ["java", "Main.java"]
