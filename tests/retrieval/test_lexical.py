import numpy as np
import pytest

from kgplan.errors import CorpusError
from kgplan.model import Plan
from kgplan.parsing.words import words
from kgplan.retrieval.lexical import LexicalIndex
from kgplan.retrieval.passages import passages


@pytest.fixture(scope="module")
def lexical(plan: Plan) -> LexicalIndex:
    return LexicalIndex.build(passages(plan))


def best(index: LexicalIndex, plan: Plan, query: str) -> str:
    return passages(plan)[int(np.argmax(index.score(words(query))))].address


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("bảo vệ rừng", "II.3"),
        ("bao ve rung", "II.3"),
        ("22-KH/TU", "I.2"),
        ("ngày 23 tháng 7 năm 2021", "I.2"),
        ("July 23, 2021", "I.2"),
        ("bệnh viên", "II.1"),
        ("chất lượgn dạy học", "II.2"),
    ],
)
def test_finds(lexical: LexicalIndex, plan: Plan, query: str, address: str) -> None:
    assert best(lexical, plan, query) == address


def test_right_diacritics_count_for_more(lexical: LexicalIndex) -> None:
    assert lexical.score(words("rừng")).max() > lexical.score(words("rung")).max() > 0


def test_neighbours_count_for_more(lexical: LexicalIndex) -> None:
    together, apart = lexical.score(words("ngân sách")), lexical.score(words("sách ngân"))
    assert together.max() > apart.max()


def test_typing_errors_count_for_less_and_can_be_refused(lexical: LexicalIndex) -> None:
    right, wrong = lexical.score(words("thông minh")), lexical.score(words("thôngg minh"))
    assert right.max() > wrong.max() > lexical.score(words("thôngg minh"), typos=False).max()


def test_coverage_is_a_share(lexical: LexicalIndex) -> None:
    coverage = lexical.coverage(words("trồng rừng"))
    assert coverage.max() == pytest.approx(1)
    assert coverage.min() >= 0
    assert 0 < lexical.coverage(words("trồng lúa"), typos=False).max() < 1


def test_unknown_words_score_nothing(lexical: LexicalIndex) -> None:
    assert not lexical.score(words("zebra"), typos=False).any()
    assert not lexical.score([]).any()


def test_saved_and_loaded_it_scores_the_same(lexical: LexicalIndex, tmp_path) -> None:
    lexical.save(tmp_path / "lexical.npz")
    again = LexicalIndex.load(tmp_path / "lexical.npz")
    np.testing.assert_array_equal(again.score(words("bảo vệ rừng")), lexical.score(words("bảo vệ rừng")))


def test_merged_it_scores_as_if_built_at_once(plan: Plan, lexical: LexicalIndex) -> None:
    found = passages(plan)
    merged = LexicalIndex.merge([LexicalIndex.build(found[:2]), LexicalIndex.build(found[2:])])
    np.testing.assert_allclose(merged.score(words("bảo vệ rừng")), lexical.score(words("bảo vệ rừng")), rtol=1e-6)


def test_a_broken_file_is_told(tmp_path) -> None:
    (tmp_path / "x.npz").write_bytes(b"no index")
    with pytest.raises(CorpusError, match="rebuild"):
        LexicalIndex.load(tmp_path / "x.npz")
