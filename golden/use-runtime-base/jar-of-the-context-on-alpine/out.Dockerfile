from openjdk:8-jre-alpine as app
run apk add --no-cache tzdata && addgroup -S app && adduser -S app -G app
user app
workdir /opt/app
copy target/shop.jar /opt/app/shop.jar
healthcheck cmd wget -q -O /dev/null http://localhost:8080/ || exit 1
cmd java $JAVA_OPTS -jar /opt/app/shop.jar
