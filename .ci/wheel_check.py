"""Build the wheel, install it into a clean environment, and use it from an empty folder as a user would.

Run by ``make wheel-check``. Fails with the first thing that does not hold.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "which units coordinate on investment promotion"
SELECT = "SELECT ?agency WHERE { ?agency kgp:leads ?statement } LIMIT 3"


def say(text: str) -> None:
    """Tell what is being done, at once."""
    print(f"wheel-check: {text}", flush=True)


def build_wheel(out: Path) -> Path:
    """The wheel, built from a copy of what is committed or would be, so that no build folder is left behind."""
    source = out / "source"
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, names.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = out.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    """One top-level package; the data, the ontology, the ready-built index and the page are inside it."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names if not name.split("/")[0].endswith(".dist-info")}
    assert tops == {"kgplan"}, f"top-level names in the wheel: {sorted(tops)}"
    for needed in (
        "kgplan/api/app.py",
        "kgplan/api/page/index.html",
        "kgplan/ontology/",
        "kgplan/data/",
        "kgplan/py.typed",
    ):
        assert any(name.startswith(needed) for name in names), f"{needed} is not in the wheel"
    assert any(name.startswith("kgplan/indexes/") and name.endswith("manifest.json") for name in names), "no index"


def install(wheel: Path, folder: Path) -> Path:
    """A new environment with the wheel and nothing else; returns its folder of programs."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    bin_folder = folder / "bin"
    pip = [str(bin_folder / "python"), "-m", "pip", "--disable-pip-version-check", "-qq", "install"]
    constraints = ["-c", str(ROOT / "constraints.txt")]
    subprocess.run([*pip, *constraints, "torch"], check=True)
    subprocess.run([*pip, *constraints, str(wheel)], check=True)
    subprocess.run([*pip[:-1], "check"], check=True, stdout=subprocess.DEVNULL)
    return bin_folder


def use(programs: Path, folder: Path) -> None:
    """Ask, query and serve from an empty folder, with no path back to the checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"

    def kgplan(*arguments: str) -> Any:
        command = [str(programs / "kgplan"), *arguments]
        done = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True)
        return json.loads(done.stdout)

    answer = kgplan("ask", QUESTION)
    assert answer["status"] == "answered", answer
    assert answer["results"], answer
    assert answer["evidence"], answer
    say(f"ask: {answer['text']}")

    rows = kgplan("sparql", SELECT)["results"]["bindings"]
    assert len(rows) == 3, rows
    assert len(kgplan("sparql", answer["sparql"])["results"]["bindings"]) > 0
    say("sparql: answered")

    where = subprocess.run(
        [str(programs / "python"), "-c", "import kgplan; print(kgplan.__file__)"],
        cwd=folder, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert str(ROOT / "kgplan") not in where.stdout, where.stdout

    command = [str(programs / "kgplan"), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            url = json.loads(_document(server.stdout))["url"]
            body = json.dumps({"question": QUESTION}).encode()
            request = urllib.request.Request(f"{url}/ask", body, {"content-type": "application/json"})
            with urllib.request.urlopen(request, timeout=60) as response:
                served = json.load(response)
            assert [r["iri"] for r in served["results"]] == [r["iri"] for r in answer["results"]], served
            with urllib.request.urlopen(f"{url}/", timeout=60) as response:
                assert b"kgplan" in response.read()
        finally:
            server.terminate()
    say("serve: answered the same")
    assert not any(folder.iterdir()), f"files were left in the working folder: {list(folder.iterdir())}"


def _document(stream: Any) -> str:
    """The first JSON document that a program prints."""
    text = ""
    for line in stream:
        text += line
        if line.startswith("}"):
            break
    return text


def main() -> None:
    """Everything, in a temporary folder."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        say("building the wheel")
        wheel = build_wheel(work)
        check_contents(wheel)
        say(f"installing {wheel.name} ({wheel.stat().st_size / 1e6:.1f} MB) into a clean environment")
        programs = install(wheel, work / "environment")
        empty = work / "empty"
        empty.mkdir()
        use(programs, empty)
    say("passed")


if __name__ == "__main__":
    main()
