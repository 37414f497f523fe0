"""Registry and word lists that the parsers read; the built-in plan."""
