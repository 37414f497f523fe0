import json
import subprocess
import sys

import pytest

from kgplan.errors import CorpusError, EncoderError, QuestionError
from kgplan.model import Plan
from kgplan.retrieval.hybrid import HybridIndex
from tests.retrieval.conftest import LINES, ToyEncoder, make_plan


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("trồng rừng", "II.3"),
        ("trong rung", "II.3"),
        ("tree planting in forests", "II.3"),
        ("Department of Construction", "I.1"),
        ("which agency buys medicines for hospitals", "II.1"),
        ("22-KH/TU", "I.2"),
        ("smart cities", "I.1"),
    ],
)
def test_finds_in_every_language(index: HybridIndex, query: str, address: str) -> None:
    assert index.search(query, 1)[0].address == address


def test_hits_are_statements_best_first(index: HybridIndex, plan: Plan) -> None:
    hits = index.search("chống thất thu thuế", 3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert plan.text[hit.start : hit.end] == hit.text == plan.statement(hit.address).text
        assert hit.start <= hit.best_start < hit.best_end <= hit.end
        assert 0 <= hit.score <= 1
    assert "thuế" in plan.text[hits[0].best_start : hits[0].best_end]


def test_scores_cover_every_statement_and_agree_with_search(index: HybridIndex, plan: Plan) -> None:
    scores = index.scores("bảo vệ rừng")
    assert [score.address for score in scores] == [statement.address for statement in plan.statements]
    best = max(scores, key=lambda score: score.fused)
    assert best.address == index.search("bảo vệ rừng", 1)[0].address == "II.3"
    assert best.topic == 1
    assert best.coverage == pytest.approx(1)


def test_a_statement_holds_a_topic_word_for_word_outside_the_names_of_agencies(index: HybridIndex) -> None:
    assert [s.address for s in index.scores("trồng rừng gỗ lớn") if s.verbatim] == ["II.3"]
    assert not any(s.verbatim for s in index.scores("trồng rừng đầu nguồn"))
    assert not any(s.verbatim for s in index.scores("tài chính"))


def test_the_number_of_a_document_counts_for_more_than_what_is_around_it(index: HybridIndex) -> None:
    assert index.search("việc trồng rừng gỗ lớn theo 22-KH/TU", 1)[0].address == "I.2"


def test_a_statement_that_holds_what_is_asked_is_preferred(index: HybridIndex) -> None:
    plain = {score.address: score.fused for score in index.scores("bệnh viện trường học")}
    asked = {score.address: score.fused for score in index.scores("hạn chót bệnh viện trường học là khi nào")}
    assert asked["II.1"] - asked["II.2"] > plain["II.1"] - plain["II.2"]


def test_equals_stand_in_the_order_of_the_text(index: HybridIndex) -> None:
    assert [hit.address for hit in index.search("zzz", 9)] == [hit.address for hit in index.search("zzz", 9)]


@pytest.mark.parametrize("query", ["", "  \n ", "x" * 5001])
def test_unusable_queries(index: HybridIndex, query: str) -> None:
    with pytest.raises(QuestionError):
        index.search(query)


@pytest.mark.parametrize("query", ["?", "🙂", "....", "22-KH/TU" * 3, "\u200b", "a" * 5000])
def test_odd_queries_do_no_harm(index: HybridIndex, query: str) -> None:
    assert len(index.search(query, 2)) == 2


def test_saved_and_loaded_it_answers_the_same(index: HybridIndex, tmp_path) -> None:
    index.save(tmp_path / "retrieval")
    again = HybridIndex.load(tmp_path / "retrieval", ToyEncoder())
    assert again.scores("trong rung") == index.scores("trong rung")


def test_the_same_plan_gives_the_same_bytes(plan: Plan, tmp_path) -> None:
    for name in ("a", "b"):
        HybridIndex.build([plan], ToyEncoder()).save(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in files)


def test_saving_replaces_and_leaves_nothing_beside(index: HybridIndex, tmp_path) -> None:
    index.save(tmp_path / "retrieval")
    index.save(tmp_path / "retrieval")
    assert [path.name for path in tmp_path.iterdir()] == ["retrieval"]


def test_several_folders_open_as_one(plan: Plan, tmp_path) -> None:
    other = make_plan("mau-2025", {"I.9": "Mở rộng cảng biển, đường thủy.", "II.9": LINES["II.3"]})
    HybridIndex.build([plan], ToyEncoder()).save(tmp_path / "a")
    HybridIndex.build([other], ToyEncoder()).save(tmp_path / "b")
    both = HybridIndex.load([tmp_path / "a", tmp_path / "b"], ToyEncoder())
    together = HybridIndex.build([plan, other], ToyEncoder())
    assert [(hit.plan, hit.address) for hit in both.search("trồng rừng", 9)] == [
        (hit.plan, hit.address) for hit in together.search("trồng rừng", 9)
    ]
    assert {hit.plan for hit in both.search("trồng rừng", 2)} == {"mau-2024", "mau-2025"}


def test_a_broken_or_missing_index_is_told(index: HybridIndex, tmp_path) -> None:
    with pytest.raises(CorpusError, match="no whole index"):
        HybridIndex.load(tmp_path / "nowhere")
    index.save(tmp_path / "retrieval")
    (tmp_path / "retrieval" / "dense.faiss").write_bytes(b"broken")
    with pytest.raises(CorpusError, match=r"dense\.faiss changed"):
        HybridIndex.load(tmp_path / "retrieval")
    manifest = tmp_path / "retrieval" / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}))
    with pytest.raises(CorpusError, match="format 0"):
        HybridIndex.load(tmp_path / "retrieval")


def test_another_model_is_refused(index: HybridIndex, tmp_path) -> None:
    class Other(ToyEncoder):
        fingerprint = "toy-2"

    index.save(tmp_path / "retrieval")
    with pytest.raises(EncoderError, match="another model"):
        HybridIndex.load(tmp_path / "retrieval", Other()).search("rừng")


def test_nothing_to_index() -> None:
    with pytest.raises(CorpusError, match="nothing to index"):
        HybridIndex.build([Plan("x", "x", "x", None, "x")], ToyEncoder())


def test_progress_is_told(plan: Plan) -> None:
    told: list[tuple[int, int]] = []
    HybridIndex.build([plan], ToyEncoder(), progress=lambda done, total: told.append((done, total)))
    assert told
    assert all(0 < done <= total for done, total in told)


# The built-in plan with the real model.


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("xúc tiến đầu tư do đơn vị nào làm", "E.III.2"),
        ("don vi nao lo viec mo duong bay moi", "E.II.3.b"),
        ("which agency deals with hospital drug shortages", "E.V.5"),
        ("who hunts tax cheats", "E.III.4.b"),
        ("digital transformation", "E.V.2"),
        ("GRDP tăng bao nhiêu phần trăm", "C"),
        ("Resolution 37/2021/QH15", "E.I.2"),
    ],
)
def test_the_built_in_plan(built_in: HybridIndex, query: str, address: str) -> None:
    assert address in [hit.address for hit in built_in.search(query, 2)]


def test_topics_by_meaning(built_in: HybridIndex) -> None:
    for query, topic in {"who hunts tax cheats": "taxation", "sick chickens": "animal-disease"}.items():
        assert topic in dict(built_in.topics(query))
    (best, sure), *_ = built_in.topics("nuclear power plants")
    assert best == "nuclear-power"
    assert sure > 0.9


def test_restoring_diacritics(built_in: HybridIndex) -> None:
    assert built_in.restore_diacritics("xuc tien dau tu") == "xúc tiến đầu tư"
    assert built_in.restore_diacritics("investment promotion") == "investment promotion"
    assert built_in.restore_diacritics("xúc tiến dau tu") == "xúc tiến dau tu"


def test_loading_imports_no_model() -> None:
    code = (
        "import sys; from kgplan.resources import INDEXES; from kgplan.retrieval.hybrid import HybridIndex;"
        "HybridIndex.load(INDEXES / 'thanh-hoa-2023' / 'retrieval').search('x');"
        "assert not {'torch', 'scipy', 'rdflib', 'bm25s', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_scores_tell_what_of_a_query_a_statement_lacks(index: HybridIndex) -> None:
    scores = {score.address: score for score in index.scores("bảo vệ rừng ở sân bay")}
    forestry, health = scores["II.3"], scores["II.1"]
    assert forestry.last < forestry.coverage < 1  # it holds the first phrase and not the last
    assert 0 < forestry.missed < health.missed <= 1
    held = {score.address: score for score in index.scores("bảo vệ rừng")}["II.3"]
    assert held.missed < 0.5 < held.last


def test_an_examination_has_the_scores_and_the_topics_meant(index: HybridIndex) -> None:
    examined = index.examine("trồng rừng")
    assert examined.scores == index.scores("trồng rừng")
    assert examined.meant
    assert all(0 <= sure <= 1 for sure in examined.meant.values())
    assert list(examined.meant.values()) == sorted(examined.meant.values(), reverse=True)
