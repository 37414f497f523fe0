import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgplan.parsing.words import full, is_compound, plain, toneless, words
from kgplan.text import nfc


def forms(text: str) -> list[str]:
    return [word.full for word in words(text)]


def test_spellings_agree() -> None:
    assert full("hóa") == full("hoá")
    assert full("Thủy") == full("thuỷ")
    assert full("kỹ") == full("kĩ")
    assert full("quý") == full("quí")
    assert full("kỹ") != full("ky")


def test_plain_and_toneless() -> None:
    assert plain("Đường") == "duong"
    assert toneless("tiến") == toneless("tiền") != toneless("tien")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("22-KH/TU", "22-kh/tu"),
        ("Số: 06-NQ/TU", "6-nq/tu"),
        ("37/2021/QH15", "37/2021/qh15"),
        ("91/QĐ-UBND", "91/qd-ubnd"),
        ("23/7/2021", "2021-07-23"),
        ("ngày 03 tháng 8 năm 2021", "2021-08-03"),
        ("ngay 3 thang 8 nam 2021", "2021-08-03"),
        ("13 August 2021", "2021-08-13"),
        ("August 13th, 2021", "2021-08-13"),
        ("2021-08-13", "2021-08-13"),
    ],
)
def test_numbers_of_documents_and_dates(text: str, form: str) -> None:
    (compound,) = [word for word in words(text) if is_compound(word)]
    assert compound.full == form


@pytest.mark.parametrize("text", ["2021-2025", "31/13/2021", "kinh tế - xã hội", "11%"])
def test_what_is_neither(text: str) -> None:
    assert not [word for word in words(text) if is_compound(word)]


def test_figures() -> None:
    assert forms("02 chỉ tiêu, 10,5% và 1.200 ha") == ["2", "chỉ", "tiêu", "10.5", "và", "1.200", "ha"]


@given(st.text())
def test_offsets_are_the_words_own(text: str) -> None:
    text = nfc(text)
    for word in words(text):
        surface = text[word.start : word.end]
        assert surface == surface.strip()
        assert is_compound(word) or surface[0].isdigit() or full(surface) == word.full
