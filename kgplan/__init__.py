"""kgplan: a Vietnamese government action plan as a knowledge graph one can search and question."""
