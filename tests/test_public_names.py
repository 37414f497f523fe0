"""kgplan offers just the names it lists, and each can be reached and says what it is."""

from __future__ import annotations

import inspect

import pytest

import kgplan


def test_nothing_else_is_exposed():
    found = {name for name, value in vars(kgplan).items() if not inspect.ismodule(value) and name[0] != "_"}
    assert found <= set(kgplan.__all__)


@pytest.mark.parametrize("name", sorted(kgplan.__all__))
def test_each_name_is_there_and_documented(name):
    value = getattr(kgplan, name)
    if callable(value):
        assert value.__doc__


def test_the_names_of_the_design_are_there():
    assert {"open_corpus", "build_corpus", "parse_file", "Corpus", "Plan", "Answer"} <= set(kgplan.__all__)


def test_a_wrong_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute"):
        _ = kgplan.open_corpse


def test_listing_shows_the_names():
    assert set(kgplan.__all__) <= set(dir(kgplan))
