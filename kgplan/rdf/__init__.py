"""A Plan as RDF: build, validate, query."""
