"""Dense and lexical search over statements."""
