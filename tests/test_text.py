"""Keys of Vietnamese text: what they ignore, and what they must not."""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan import text

VOWELS, CONSONANTS = "aăâeêioôơuưyAĂÂÊÔƠƯ", "bcdđghklmnpqrstvxBCDĐ"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
vietnamese = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(VOWELS), st.sampled_from(TONES)).map("".join), st.sampled_from(f"{CONSONANTS} .,-&/1")
    )
).map(lambda parts: unicodedata.normalize("NFC", "".join(parts)))


def test_examples_of_the_module():
    assert doctest.testmod(text).failed == 0


@given(vietnamese)
def test_stripping_leaves_plain_letters_and_the_case(words):
    stripped = text.strip_diacritics(words)
    assert stripped.isascii()
    assert len(stripped) == len(words)
    assert [a.isupper() for a in stripped] == [a.isupper() for a in words]


@given(vietnamese)
def test_both_normal_forms_give_one_key(words):
    decomposed = unicodedata.normalize("NFD", words)
    assert text.fold(words) == text.fold(decomposed)
    assert text.key(words) == text.key(decomposed)
    assert text.strip_diacritics(words) == text.strip_diacritics(decomposed)


@given(vietnamese)
def test_keys_are_stable(words):
    assert text.fold(text.fold(words)) == text.fold(words)
    assert text.key(text.key(words)) == text.key(words)
    assert text.fold(text.strip_diacritics(words)) == text.fold(words)


@given(st.text())
def test_slugs_are_lower_case_ascii(words):
    slug = text.slugify(words)
    assert slug.isascii()
    assert slug == slug.lower()
    assert not slug.startswith("-")
    assert not slug.endswith("-")


@pytest.mark.parametrize(("one", "other"), [("Sở Tài chính", "Sở Tài chánh"), ("bò", "bó"), ("lông", "lòng")])
def test_a_key_tells_words_apart(one, other):
    assert text.key(one) != text.key(other)
