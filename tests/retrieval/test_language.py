import pytest

from kgplan.parsing.topics import Language
from kgplan.parsing.words import words
from kgplan.retrieval.language import asking, detect_language, wanted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Đơn vị nào chủ trì chuyển đổi số?", "vi"),
        ("don vi nao chu tri chuyen doi so", "vi"),
        ("Which agencies coordinate on investment promotion?", "en"),
        ("which tasks does Sở Xây dựng lead?", "en"),
        ("Department of Finance chủ trì task nào?", "vi"),
        ("Ai lead mảng logistics?", "vi"),
        ("investment promotion", "en"),
        ("du lich", "vi"),
        ("do thi thong minh", "vi"),
        ("Do they coordinate on tourism?", "en"),
        ("GPMB", "vi"),
        ("", "vi"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def asked(text: str, language: Language) -> str:
    tokens = words(text)
    lengths = asking(tokens, language)
    covered: set[int] = set()
    for first, length in enumerate(lengths):
        covered.update(range(first, first + length))
    return " ".join(word.full for number, word in enumerate(tokens) if number not in covered)


def test_phrases_that_only_ask() -> None:
    assert asked("who is in charge of tourism", "en") == "tourism"
    assert asked("Cơ quan nào chủ trì việc trồng rừng?", "vi") == "trồng rừng"


def test_the_plan_itself_is_not_what_a_question_that_it_opens_is_about() -> None:
    assert asked("Kế hoạch nhắc tới sân bay nào?", "vi") == "sân bay"
    assert "kế hoạch" in asked("Kế hoạch nào do UBND tỉnh ban hành?", "vi")


def test_vietnamese_words_that_ask_nothing_all_stay() -> None:
    assert asked("về đích nông thôn mới", "vi") == "về đích nông thôn mới"


@pytest.mark.parametrize(
    ("text", "holding"),
    [
        ("Which agency leads tourism?", "agency"),
        ("hạn chót ban hành kế hoạch là khi nào", "deadline"),
        ("what percentage must be disbursed", "indicator"),
        ("co quan nao chu tri trong rung", "agency"),
    ],
)
def test_what_an_answer_must_hold(text: str, holding: str) -> None:
    assert holding in wanted(words(text))


def test_search_words_want_nothing() -> None:
    assert not wanted(words("trồng rừng gỗ lớn"))
