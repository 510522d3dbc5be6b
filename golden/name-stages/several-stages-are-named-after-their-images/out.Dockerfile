FROM --platform=$BUILDPLATFORM docker.io/library/node:20-alpine AS node-build
RUN npm run build
FROM registry.local:5000/maven@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS maven-build
RUN mvn package
ARG BASE
FROM eclipse-temurin:21
COPY --from=node-build /app/build /static
COPY --from=maven-build \
    # the server
    /app/target/app.jar /app.jar
