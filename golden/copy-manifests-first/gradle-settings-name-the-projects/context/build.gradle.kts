plugins {
    alias(libs.plugins.spring) apply false
}
