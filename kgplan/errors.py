"""Every error kgplan raises on purpose, in one tree. Nothing from a lower library reaches a caller.

::

    KgplanError                 anything below; its text is one clear line for a person
    ├── ReadError               a file is missing, empty, binary, unreadable or in no known encoding
    ├── NotAPlanError           the text was read but holds nothing that looks like a plan
    ├── CorpusError             a corpus directory is missing, broken or cannot be written
    │   └── StaleCorpusError    it was built from other data, another ontology or another model
    ├── UnknownPlanError        no plan of that id in the corpus
    ├── QueryError              a SPARQL query is malformed
    │   ├── QueryRefusedError   it is well formed but not allowed (update, SERVICE, …)
    │   └── QueryLimitError     it ran past a limit (time, memory, rows, bytes)
    ├── QuestionError           a question or search text cannot be used (empty, too long)
    ├── LanguageModelError      a language model does not answer, or not as one
    └── EncoderError            a model cannot be loaded or does not fit the index
"""

from __future__ import annotations


class KgplanError(Exception):
    """Base of all errors that kgplan raises on purpose."""


class ReadError(KgplanError):
    """A file is missing, empty, binary, unreadable or in no known encoding."""


class NotAPlanError(KgplanError):
    """The text was read but holds nothing that looks like a plan."""


class CorpusError(KgplanError):
    """A corpus directory is missing, broken or cannot be written."""


class StaleCorpusError(CorpusError):
    """The corpus was built from other data, another ontology or another model."""


class UnknownPlanError(KgplanError):
    """No plan of that id in the corpus."""


class QueryError(KgplanError):
    """A SPARQL query is malformed."""


class QueryRefusedError(QueryError):
    """The query is well formed but not allowed here."""


class QueryLimitError(QueryError):
    """The query ran past a limit."""


class QuestionError(KgplanError):
    """A question or search text cannot be used."""


class LanguageModelError(KgplanError):
    """A language model does not answer, or answers something that cannot be read."""


class EncoderError(KgplanError):
    """A model cannot be loaded or does not fit the index."""
