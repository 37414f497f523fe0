"""What a cold start may import. Counted in modules, since seconds depend on the machine."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {"torch", "sentence_transformers", "transformers", "faiss", "numpy", "scipy", "pandas", "sklearn"}
GRAPH = {"rdflib", "pyshacl", "networkx", "pyoxigraph", "owlrl"}
SURFACE = {"rich", "fastapi", "uvicorn", "pydantic", "starlette", "importlib.metadata"}


def modules_after(program):
    """The modules loaded once a program has run in a fresh interpreter."""
    code = f"import json, sys\n{program}\nsys.stderr.write(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_importing_kgplan_imports_nothing_heavy():
    assert not modules_after("import kgplan") & (HEAVY | GRAPH | SURFACE)


def test_help_imports_nothing_heavy():
    program = "import kgplan.cli\ntry: kgplan.cli.main(['--help'])\nexcept SystemExit: pass"
    assert not modules_after(program) & (HEAVY | GRAPH | SURFACE)


@pytest.mark.parametrize("question", ["which units coordinate on investment promotion", "Ai chủ trì chuyển đổi số?"])
def test_a_cold_question_leaves_the_slow_libraries_alone(question):
    loaded = modules_after(f"import kgplan.cli\nkgplan.cli.main(['ask', {question!r}])")
    unneeded = {"torch", "sentence_transformers", "transformers", "scipy", "pandas", "sklearn"}
    unneeded |= {"rdflib", "pyshacl", "networkx", "rich", "fastapi", "uvicorn", "pydantic"}
    assert not loaded & unneeded


def test_one_thread_is_set_before_the_numeric_libraries_load():
    program = (
        "import os; os.environ.pop('OMP_NUM_THREADS', None)\nimport kgplan.cli\n"
        "try: kgplan.cli.main(['--help'])\nexcept SystemExit: pass\nassert os.environ['OMP_NUM_THREADS'] == '1'"
    )
    assert not modules_after(program) & HEAVY
