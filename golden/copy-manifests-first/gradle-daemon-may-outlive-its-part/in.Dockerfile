FROM gradle:8 AS build
WORKDIR /src
COPY . .
RUN gradle dependencies && make

FROM eclipse-temurin:21
COPY --from=build /src/build/app.jar /app.jar
