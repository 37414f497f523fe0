"""The page's files over HTTP, compressed for the browsers that take it."""

from __future__ import annotations

import gzip
import os
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, PathLike, StaticFiles
from starlette.types import Scope

_TEXTS = (".js", ".css", ".json", ".svg")


def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding field names gzip, and not to refuse it."""
    for coding in accepted.split(","):
        name, _, weight = coding.partition(";")
        if name.strip().lower() == "gzip":
            return weight.replace(" ", "").lower().rstrip("0.") != "q="
    return False


@lru_cache(maxsize=256)
def _compressed(path: str, _changed: int) -> bytes:
    """The file at ``path``, last changed then (ns), by gzip; the same bytes at any time."""
    return gzip.compress(Path(path).read_bytes(), compresslevel=6, mtime=0)


class PageFiles(StaticFiles):
    """A folder of files, of which the texts are sent by gzip (RFC 9110, 12.5.3), each compressed once a process."""

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, compressed when it is a text and the request takes gzip; each coding has its own entity tag."""
        asked = Headers(scope=scope)
        response: Response = FileResponse(full_path, status_code=status_code, stat_result=stat_result)
        if str(full_path).endswith(_TEXTS):
            response.headers.add_vary_header("Accept-Encoding")
            if _takes_gzip(asked.get("accept-encoding", "")):
                response = self._zipped(str(full_path), stat_result, response)
        if self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response

    def _zipped(self, path: str, stat_result: os.stat_result, plain: Response) -> Response:
        response = Response(_compressed(path, stat_result.st_mtime_ns), plain.status_code, media_type=plain.media_type)
        for name in ("last-modified", "vary"):
            response.headers[name] = plain.headers[name]
        response.headers["etag"] = f'{plain.headers["etag"][:-1]}-gzip"'
        response.headers["content-encoding"] = "gzip"
        return response
