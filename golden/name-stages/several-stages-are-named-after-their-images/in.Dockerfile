FROM --platform=$BUILDPLATFORM docker.io/library/node:20-alpine
RUN npm run build
FROM registry.local:5000/maven@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
RUN mvn package
ARG BASE
FROM eclipse-temurin:21
COPY --from=0 /app/build /static
COPY --from=1 \
    # the server
    /app/target/app.jar /app.jar
