"""The notebooks in examples/: what is committed was executed, and they still run from top to bottom."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
PLACE_OF_A_MACHINE = re.compile(r"(?<![\w:/.])/(?:home|root|tmp|usr|opt|work|var|Users)/|[A-Z]:\\\\")


def outputs(notebook):
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def pictures(notebook):
    return sum("image/png" in output.get("data", {}) for output in outputs(notebook))


def complaints(notebook):
    """Errors, and whatever was written to standard error: a warning is one too."""
    return [output for output in outputs(notebook) if output.output_type == "error" or output.get("name") == "stderr"]


def shown(cell_outputs):
    """The forms in which a cell's values are shown; text that is printed comes in as many pieces as it likes."""
    return [sorted(output.data) for output in cell_outputs if "data" in output]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


def test_there_is_one_for_policy_researchers_and_one_for_network_analysts():
    assert [path.stem for path in NOTEBOOKS] == ["network_analyst", "policy_researcher"]


def test_it_is_committed_as_executed_in_order_with_its_plots(path):
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert pictures(notebook) >= 3
    assert not complaints(notebook)
    assert not PLACE_OF_A_MACHINE.search(path.read_text("utf-8"))


def test_it_runs_from_top_to_bottom_and_shows_as_much_as_is_committed(path, tmp_path, monkeypatch):
    import matplotlib.font_manager  # builds its cache of fonts here, of which it would warn in the notebook
    from nbclient import NotebookClient

    assert matplotlib.font_manager.findfont("DejaVu Sans")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    notebook = nbformat.read(path, 4)
    committed = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    place = {"metadata": {"path": str(tmp_path)}}
    done = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place).execute()
    assert not complaints(done)
    fresh = [cell.outputs for cell in done.cells if cell.cell_type == "code"]
    assert [shown(cell) for cell in fresh] == [shown(cell) for cell in committed]
    assert {entry.name for entry in tmp_path.iterdir()} <= {"ipython"}, "an example writes nothing"
