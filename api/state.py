"""What a request may reach: the corpus and the limits, as FastAPI dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

from fastapi import Depends, Request

from .limits import Limits

if TYPE_CHECKING:
    from kgplan.corpus import Corpus
else:
    Corpus = object


def _corpus(request: Request) -> Corpus:
    return cast("Corpus", request.app.state.corpus)


def _limits(request: Request) -> Limits:
    return cast(Limits, request.app.state.limits)


CorpusDependency = Annotated[Corpus, Depends(_corpus)]
LimitsDependency = Annotated[Limits, Depends(_limits)]
