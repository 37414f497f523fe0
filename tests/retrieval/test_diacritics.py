import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan.errors import CorpusError
from kgplan.retrieval.diacritics import DiacriticRestorer
from kgplan.text import strip_diacritics

TEXT = "Xúc tiến đầu tư. Thu ngân sách nhà nước. Trồng rừng, bảo vệ rừng. Nguồn thu về ngân sách."
MODEL = DiacriticRestorer.build([(TEXT, 1)])


@pytest.mark.parametrize(
    ("plain", "restored"),
    [
        ("xuc tien dau tu", "xúc tiến đầu tư"),
        ("Bao ve rung?", "Bảo vệ rừng?"),
        ("THU NGAN SACH", "THU NGÂN SÁCH"),
        ("trong rung 22-KH/TU", "trồng rừng 22-KH/TU"),
        ("xuc tiem dau tu", "xúc tiến đầu tư"),
    ],
)
def test_restores(plain: str, restored: str) -> None:
    assert MODEL.restore(plain) == restored


@pytest.mark.parametrize("text", ["xúc tien dau tu", "the quick brown fox jumps", "", "12/3", "???", "thu gtvt"])
def test_leaves_alone_what_is_marked_or_unknown(text: str) -> None:
    assert MODEL.restore(text) == text


@given(st.lists(st.sampled_from(TEXT.replace(".", "").replace(",", "").split()), min_size=1, max_size=12))
def test_only_diacritics_are_added(syllables: list[str]) -> None:
    plain = strip_diacritics(" ".join(syllables))
    assert strip_diacritics(MODEL.restore(plain)) == plain


def test_saved_merged_and_loaded_it_restores_the_same(tmp_path) -> None:
    MODEL.save(tmp_path / "syllables.json")
    other = DiacriticRestorer.build([("Dịch vụ cảng biển.", 1)])
    merged = DiacriticRestorer.merge([DiacriticRestorer.load(tmp_path / "syllables.json"), other])
    assert merged.restore("xuc tien dau tu") == "xúc tiến đầu tư"
    assert merged.restore("dich vu cang bien") == "dịch vụ cảng biển"


def test_a_broken_file_is_told(tmp_path) -> None:
    (tmp_path / "syllables.json").write_text("{", encoding="utf-8")
    with pytest.raises(CorpusError, match="rebuild"):
        DiacriticRestorer.load(tmp_path / "syllables.json")
