lazy val root = (project in file(".")).aggregate(core)
lazy val core = project in file("core")
