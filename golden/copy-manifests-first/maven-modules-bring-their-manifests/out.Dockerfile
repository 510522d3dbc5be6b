FROM maven:3.9 AS build
WORKDIR /src
COPY pom.xml ./
COPY api/pom.xml ./api/
COPY libs/common/pom.xml ./libs/common/
COPY parent/pom.xml ./parent/
RUN mvn -B dependency:go-offline
COPY . .
RUN mvn -B -o package

FROM eclipse-temurin:21
COPY --from=build /src/target/app.jar /app.jar
