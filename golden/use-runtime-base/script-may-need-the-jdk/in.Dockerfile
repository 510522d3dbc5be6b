FROM eclipse-temurin:17-jdk
COPY start.sh target/shop.jar /app/
ENTRYPOINT ["/app/start.sh"]
