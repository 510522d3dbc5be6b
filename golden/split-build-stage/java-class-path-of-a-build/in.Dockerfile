from eclipse-temurin:11 as app
workdir /app
copy . .
run mvn -q package dependency:copy-dependencies
cmd ["java", "-cp", "target/classes:target/dependency/*", "com.example.Orders"]
