import pytest

from kgplan.parsing.topics import Language, load_thesaurus
from kgplan.parsing.words import words
from kgplan.retrieval.thesaurus import Expander, match_topics, related_topics, singular, stem
from kgplan.text import has_diacritics


@pytest.mark.parametrize(
    ("phrase", "language", "topic"),
    [
        ("investment promotion", "en", "investment-promotion"),
        ("promoting investments", "en", "investment-promotion"),
        ("invesment promotion", "en", "investment-promotion"),
        ("xúc tiến đầu tư", "vi", "investment-promotion"),
        ("xuc tien dau tu", "vi", "investment-promotion"),
        ("thu hút đầu tư", "vi", "investment-promotion"),
        ("chuyển đổi sổ", "vi", "digital-transformation"),
        ("railways", "en", "railways"),
        ("GPMB", "vi", "land-clearance"),
        ("corruption", "en", "anti-corruption"),
    ],
)
def test_topics_by_name(phrase: str, language: Language, topic: str) -> None:
    assert match_topics(phrase, language)[0] == (topic, 1.0)


def test_a_part_of_the_words_is_a_part_of_a_match() -> None:
    (topic, share), *_ = match_topics("rừng ở sao Hỏa", "vi")
    assert topic == "forestry"
    assert 0 < share < 1


@pytest.mark.parametrize("phrase", ["ở nhiệm vụ", "xyzzy", "ai"])
def test_other_words_are_no_topic(phrase: str) -> None:
    assert match_topics(phrase, "vi") == []


def test_every_label_finds_its_own_topic() -> None:
    thesaurus = load_thesaurus()
    for slug, concept in thesaurus.concepts.items():
        for language in ("vi", "en"):
            found = dict(match_topics(concept.preferred[language], language))
            assert slug in found, concept.preferred[language]


def test_agencies_by_other_names() -> None:
    expander = Expander({"Department of Construction": "Sở Xây dựng", "SXD": "Sở Xây dựng"})
    (segment,) = expander.segments(words("tasks of the Department of Construction"), "en")
    assert [alternative.text for alternative in segment.alternatives] == ["Sở Xây dựng"]


@pytest.mark.parametrize("text", ["Sở LĐ-TB&XH", "Sở LĐTB & XH", "so ldtbxh"])
def test_abbreviations_of_agencies_whatever_parts_their_letters(text: str) -> None:
    (segment,) = Expander({"Sở LĐTB&XH": "Sở Lao động"}).segments(words(text), "vi", exact=False)
    assert segment.agencies == ("Sở Lao động",)


def test_abbreviations_are_replaced() -> None:
    (segment,) = Expander().segments(words("TTHC"), "vi")
    assert segment.replaced
    assert segment.alternatives[0].text == "thủ tục hành chính"


def test_no_word_is_lost_when_nothing_asks() -> None:
    tokens = words("trồng rừng ven biển chống cát bay")
    segments = Expander().segments(tokens, "vi")
    assert [word for segment in segments for word in segment.words] == tokens


def test_stems_join_forms_of_a_word() -> None:
    assert stem("promotion") == stem("promoting") == stem("promote")
    assert stem("environmental") == stem("environment")
    assert stem("materials") == stem("material")
    assert singular("policies") == "policy"


@pytest.mark.parametrize(
    ("phrase", "topic", "broader"),
    [
        ("tuyển quân", "conscription", "defence"),
        ("dengue fever", "dengue-malaria", "epidemic-control"),
        ("đấu giá quyền sử dụng đất", "land-auctions", "land-management"),
        ("teacher shortage", "teacher-supply", "education"),
    ],
)
def test_a_narrow_matter_is_a_topic_of_its_own(phrase: str, topic: str, broader: str) -> None:
    language: Language = "vi" if has_diacritics(phrase) else "en"
    found = dict(match_topics(phrase, language))
    assert topic in found
    assert broader not in found
    assert load_thesaurus().concepts[topic].broader == (broader,)


def test_narrower_topics_answer_nearly_as_well() -> None:
    near = related_topics(load_thesaurus(), "transport")
    assert near["transport"] == 1
    assert near["airports"] > near.get("seaports", 0) * 0.99 > 0.5
    assert "forestry" not in near
