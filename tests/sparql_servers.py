"""Real SPARQL servers for the tests: started on a free port with a graph, stopped afterwards."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError as error:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.05)
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start: {error}") from error


@contextmanager
def _running(command: list[str], url: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(url, process)
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def oxigraph(nquads: bytes, folder: Path, *, with_union: bool) -> Iterator[str]:
    """The oxigraph server; ``with_union`` puts the union of the graphs into its default graph as well."""
    store = ox.Store(str(folder / "db"))
    quads = list(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
    store.extend(quads)
    if with_union:
        store.extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    store.flush()
    del store
    port = free_port()
    program = Path(sysconfig.get_path("scripts")) / "oxigraph"
    command = [str(program), "serve-read-only", "--location", str(folder / "db"), "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}/", folder):
        yield f"sparql+http://127.0.0.1:{port}/query"


VIRTUOSO = shutil.which("virtuoso-t")
_INI = """\
[Database]
DatabaseFile = {folder}/v.db
ErrorLogFile = {folder}/v.log
LockFile = {folder}/v.lck
TransactionFile = {folder}/v.trx
xa_persistent_file = {folder}/v.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = {folder}/t.db
TransactionFile = {folder}/t.trx
[Parameters]
ServerPort = {sql}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
"""


@contextmanager
def virtuoso(nquads: bytes, folder: Path) -> Iterator[str]:
    """Virtuoso, whose default graph shows the triples of all graphs."""
    sql, http = free_port(), free_port()
    (folder / "v.ini").write_text(_INI.format(folder=folder, sql=sql, http=http))
    (folder / "graph.nq").write_bytes(nquads)
    url = f"http://127.0.0.1:{http}/sparql"
    with _running([str(VIRTUOSO), "-f", "+configfile", str(folder / "v.ini")], url, folder):
        load = f"DB.DBA.TTLP(file_to_string_output('{folder}/graph.nq'), '', 'urn:none', 512); checkpoint;"
        subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"], check=True, capture_output=True, timeout=120
        )
        yield f"sparql+{url}"
