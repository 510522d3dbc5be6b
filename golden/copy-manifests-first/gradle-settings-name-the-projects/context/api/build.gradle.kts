plugins {
    kotlin("jvm")
}

kotlin {
    jvmToolchain(21)
}
