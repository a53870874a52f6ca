"""What is known: the store of observations with their provenance, and the checks that every figure passes."""
