FROM openjdk:8-jdk
ENV CLASSPATH=/usr/lib/jvm/java-8-openjdk-amd64/lib/tools.jar
COPY target/shop.jar /shop.jar
CMD ["java", "-jar", "/shop.jar"]
