from eclipse-temurin:11 as build
workdir /app
copy . .
run mvn -q package dependency:copy-dependencies

from eclipse-temurin:11-jre as app
workdir /app
copy --from=build /app/target/classes /app/target/classes
copy --from=build /app/target/dependency /app/target/dependency
cmd ["java", "-cp", "target/classes:target/dependency/*", "com.example.Orders"]
