"""Greatest common divisors, fast."""
