"""HOW a routine is told: the compiler, its options, and the phrases of each language."""
