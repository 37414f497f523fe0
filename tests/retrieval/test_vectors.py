"""Vectors of passages are made once, depend on their statement alone, and survive in a file and in an index."""

from __future__ import annotations

import numpy as np
import pytest
from fake_encoder import FakeEncoder

from kgplan.retrieval.dense import VIEWS, DenseIndex
from kgplan.retrieval.passages import Passage
from kgplan.retrieval.vectors import PassageVectors, read_keys, write_keys


def passage(address, text, plan="ke-hoach", headings=()):
    return Passage(plan, address, "task", text, 0, len(text), headings)


FIRST = [passage("1", "Sở Y tế khám bệnh."), passage("1", "Khám cả ngư dân."), passage("2", "Sở Xây dựng mở đường.")]
SECOND = [passage("I.1", "Sở Xây dựng mở đường.", "khac"), passage("I.2", "Trồng rừng ven biển.", "khac")]


@pytest.fixture
def encoder():
    return FakeEncoder()


def test_each_passage_has_a_vector_in_context_and_one_alone(encoder):
    told = passage("1", "mở đường", headings=("Giao thông",))
    vectors = PassageVectors(encoder).encode([told])
    assert vectors.shape == (1, VIEWS, encoder.dimension)
    assert np.array_equal(vectors[0], encoder.encode_passages(["Giao thông. mở đường", "mở đường"]))


def test_a_statement_is_encoded_once_in_whatever_plan_it_stands(encoder):
    vectors = PassageVectors(encoder)
    first = vectors.encode(FIRST)
    done = len(encoder.encoded)
    assert vectors.missing(SECOND) == 1
    second = vectors.encode(SECOND)
    assert encoder.encoded[done:] == ["Trồng rừng ven biển."] * VIEWS
    assert np.array_equal(second[0], first[2])


def test_other_headings_are_another_statement_to_the_model(encoder):
    vectors = PassageVectors(encoder)
    vectors.encode(FIRST)
    assert vectors.missing([passage("2", "Sở Xây dựng mở đường.", headings=("Giao thông",))]) == 1


def test_progress_counts_what_has_to_be_encoded(encoder):
    told = []
    vectors = PassageVectors(encoder)
    vectors.encode(FIRST, lambda *step: told.append(step))
    vectors.encode([*FIRST, *SECOND], lambda *step: told.append(step))
    assert told == [(2, 3), (3, 3), (1, 1)]


def test_a_file_gives_back_what_was_saved(encoder, tmp_path):
    path = tmp_path / "vectors.npz"
    with path.open("wb") as file:
        PassageVectors(encoder).save(file, FIRST)
    again = PassageVectors(FakeEncoder())
    assert again.load(path)
    assert again.missing(FIRST) == 0
    assert np.array_equal(again.encode(FIRST), PassageVectors(encoder).encode(FIRST))
    assert again.encoder.encoded == []


def test_an_index_gives_back_what_went_into_it(encoder, tmp_path):
    DenseIndex.build(PassageVectors(encoder).encode(FIRST)).save(tmp_path / "dense")
    again = PassageVectors(FakeEncoder())
    again.load_index(tmp_path / "dense", write_keys(FIRST))
    assert np.array_equal(again.encode(FIRST), PassageVectors(encoder).encode(FIRST))
    assert again.encoder.encoded == []


@pytest.mark.parametrize("content", [b"", b"junk", b"PK\x03\x04junk"])
def test_a_broken_file_gives_nothing(encoder, tmp_path, content):
    path = tmp_path / "vectors.npz"
    path.write_bytes(content)
    vectors = PassageVectors(encoder)
    assert not vectors.load(path)
    vectors.load_index(path, write_keys(FIRST))
    assert vectors.missing(FIRST) == len(FIRST)


def test_keys_that_do_not_fit_the_index_give_nothing(encoder, tmp_path):
    DenseIndex.build(PassageVectors(encoder).encode(FIRST)).save(tmp_path / "dense")
    vectors = PassageVectors(encoder)
    for keys in (b"", b"xyz", write_keys(SECOND)):
        vectors.load_index(tmp_path / "dense", keys)
    assert vectors.missing(FIRST) == len(FIRST)


def test_vectors_of_another_model_are_not_taken(tmp_path):
    path = tmp_path / "vectors.npz"
    with path.open("wb") as file:
        PassageVectors(FakeEncoder("one")).save(file, FIRST)
    assert not PassageVectors(FakeEncoder("other")).load(path)


def test_keys_can_be_read_back():
    assert [count for _, count in read_keys(write_keys(FIRST))] == [2, 1]
    with pytest.raises(ValueError, match="hexadecimal"):
        read_keys(b"not hexadecimal\n")


def test_merged_indexes_hold_all_vectors_in_order(encoder):
    vectors = PassageVectors(encoder)
    parts = [vectors.encode(FIRST), vectors.encode(SECOND)]
    merged = DenseIndex.merge([DenseIndex.build(part) for part in parts])
    assert len(merged) == len(FIRST) + len(SECOND)
    assert np.array_equal(merged.vectors(), np.concatenate(parts))
