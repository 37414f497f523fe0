from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kgplan.model import Plan, Statement
from kgplan.retrieval.passages import passages, sentence_spans


def statement(text: str) -> Statement:
    return Statement("I", "task", text, 0, len(text))


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(statement(text))]


def test_sentences_end_at_stops_and_semicolons() -> None:
    text = "Phát triển chăn nuôi; kiểm soát tốt dịch bệnh. Giảm dần khai thác gần bờ."
    assert sentences(text) == ["Phát triển chăn nuôi;", "kiểm soát tốt dịch bệnh.", "Giảm dần khai thác gần bờ."]


def test_abbreviations_numbers_and_short_rests_do_not_end_one() -> None:
    assert len(sentences("Sở Y tế phối hợp với UBND TP. Hà Nội thực hiện.")) == 1
    assert len(sentences("Đạt 1.200 ha rừng ngập mặn trong năm 2024.")) == 1
    assert len(sentences("Nâng cao chất lượng dạy và học; v.v.")) == 1


@given(st.text(alphabet="aăB .;:\n“”1", min_size=1).filter(lambda text: text.strip()))
def test_sentences_keep_every_word_in_order(text: str) -> None:
    spans = sentence_spans(statement(text))
    assert spans
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())


def test_passages_are_verbatim_and_know_their_headings(plan: Plan) -> None:
    found = passages(plan)
    assert {passage.address for passage in found} == {s.address for s in plan.statements}
    assert all(plan.text[p.start : p.end] == p.text for p in found)
    assert found[0].in_context.startswith("Phát triển kinh tế. ")
    assert found[0].text in found[0].in_context


def test_what_is_done_stands_apart_from_who_does_it(plan: Plan) -> None:
    first, second, *_ = passages(plan)
    assert first.alone.startswith("phát triển đô thị")
    assert second.alone.startswith("thu ngân sách")
    assert passages(plan)[-1].alone == passages(plan)[-1].text
