import pytest

from kgplan.errors import KgplanError
from kgplan.parsing.topics import find_topics, load_thesaurus


def topics(text: str, *headings: str) -> list[str]:
    whole = "\n".join((*headings, text))
    spans = []
    position = 0
    for heading in headings:
        spans.append((position, position + len(heading)))
        position += len(heading) + 1
    found = find_topics(whole, position, len(whole), spans)
    assert all(whole[link.start : link.end] == link.words for link in found)
    return [link.topic for link in found]


def test_what_a_statement_sets_out_to_do() -> None:
    assert topics("Đẩy mạnh trồng rừng, cấp chứng chỉ rừng.") == ["afforestation", "forestry"]
    assert set(topics("Phòng, chống tham nhũng; giải quyết khiếu nại, tố cáo.")) == {"anti-corruption", "complaints"}


@pytest.mark.parametrize(
    "text",
    [
        "Hoàn thiện hồ sơ để thu hút đầu tư.",
        "Hỗ trợ các hộ bị thiệt hại do ảnh hưởng của dịch Covid-19.",
        "Rà soát nguồn lực từ xuất khẩu.",
        "Giao 25 chỉ tiêu (không bao gồm chỉ tiêu về xây dựng đảng).",
    ],
)
def test_a_passing_mention_is_no_topic(text: str) -> None:
    assert not {"investment-promotion", "epidemic-control", "import-export", "party-building"} & set(topics(text))


@pytest.mark.parametrize(
    "text",
    [
        "Sở Văn hóa, Thể thao và Du lịch báo cáo kết quả.",
        "Sở Giáo dục và Đào tạo, Sở Y tế báo cáo kết quả.",
        "Bộ Tài chính hướng dẫn.",
    ],
)
def test_an_agencys_name_is_no_topic(text: str) -> None:
    assert topics(text) == []


def test_names_can_be_ignored_by_offset() -> None:
    text = "Liên đoàn bóng đá và bảo tàng họp mỗi quý."
    assert find_topics(text, 0, len(text), [])
    assert find_topics(text, 0, len(text), [], ignore=[(0, text.index(" họp"))]) == ()


def test_headings_help_and_stand_in() -> None:
    assert topics("Rà soát, báo cáo trước ngày 15.", "Về thu ngân sách nhà nước") == ["budget-revenue"]
    assert "taxation" in topics("Mở rộng cơ sở để thu thuế.", "Về thuế")
    assert topics("Rà soát.", "Về cảng biển, đường sắt, y tế, giáo dục, thể thao") == []


def test_a_phrase_that_means_something_else_is_no_evidence() -> None:
    assert "environment" not in topics("Tạo môi trường thuận lợi; nâng cao môi trường sống.")
    assert "environment" in topics("Đẩy mạnh bảo vệ môi trường.")


def test_the_longest_label_wins() -> None:
    assert topics("Đẩy mạnh xúc tiến đầu tư.") == ["investment-promotion"]


def test_labels_do_not_run_over_a_stop() -> None:
    assert "railways" not in topics("Làm đường. Sắt thép tăng giá.")


def test_the_thesaurus_holds_together() -> None:
    thesaurus = load_thesaurus()
    assert len(thesaurus.concepts) > 150
    for slug, concept in thesaurus.concepts.items():
        assert concept.preferred["vi"]
        assert concept.preferred["en"]
        assert slug not in thesaurus.ancestors(slug)
        assert all(slug in thesaurus.concepts[broader].narrower for broader in concept.broader)
        assert all(related in thesaurus.concepts for related in concept.related)
    assert "airports" in thesaurus.descendants("transport")
    assert thesaurus.ancestors("taxation") == ("budget-revenue", "public-finance")


def test_another_thesaurus_and_broken_ones(tmp_path) -> None:
    path = tmp_path / "topics.ttl"
    head = (
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix topic: <https://w3id.org/kgplan/id/topic/> .\n"
    )
    path.write_text(head + 'topic:tea skos:prefLabel "chè"@vi , "tea"@en ; skos:altLabel "trà"@vi .\n', "utf-8")
    concept = load_thesaurus(path).concepts["tea"]
    assert concept.labels("vi") == ("chè", "trà")
    for number, broken in enumerate(("topic:tea skos:prefLabel", 'topic:tea skos:altLabel "x"@vi .')):
        other = tmp_path / f"{number}.ttl"
        other.write_text(head + broken, "utf-8")
        with pytest.raises(KgplanError, match="thesaurus"):
            load_thesaurus(other)
    with pytest.raises(KgplanError, match="restore the file"):
        load_thesaurus(tmp_path / "none.ttl")
