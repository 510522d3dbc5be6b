FROM maven:3.9 AS one
RUN mvn dependency:go-offline
RUN mvn -o package

FROM maven:3.9 AS two
RUN mvn package

FROM maven:3.9 AS three
COPY repository /root/.m2/repository
RUN mvn package

FROM debian:12
COPY --from=two /root/.m2 /root/.m2
COPY --from=one /app.jar /app.jar
COPY --from=three /app.jar /app.jar
