rootProject.name = "all"
// include("old")
include("api", ":libs:common")
