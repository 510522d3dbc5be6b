FROM gradle:8.7-jdk17-alpine
COPY --chown=gradle:gradle . /home/gradle/src
WORKDIR /home/gradle/src
RUN gradle build --no-daemon
RUN mkdir /app && cp build/libs/*.jar /app/shop.jar
WORKDIR /app
CMD java $JAVA_OPTS -jar -Dfile.encoding=UTF-8 /app/shop.jar
