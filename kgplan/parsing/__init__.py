"""Clean text to a Plan."""
