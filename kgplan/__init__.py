"""kgplan: a Vietnamese government action plan as a knowledge graph one can search and question.

>>> import kgplan
>>> corpus = kgplan.open_corpus()
>>> answer = corpus.ask("which units coordinate on investment promotion")
>>> answer.status
'answered'
"""

from kgplan.answering.answer import Answer
from kgplan.corpus import Corpus, build_corpus, open_corpus, parse_file, remove_plans, report_file
from kgplan.errors import KgplanError
from kgplan.model import Plan, Statement
from kgplan.plan_json import plan_to_json
from kgplan.version import __version__

__all__ = [
    "Answer",
    "Corpus",
    "KgplanError",
    "Plan",
    "Statement",
    "__version__",
    "build_corpus",
    "open_corpus",
    "parse_file",
    "plan_to_json",
    "remove_plans",
    "report_file",
]
