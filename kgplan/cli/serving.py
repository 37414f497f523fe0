"""``kgplan serve``, the HTTP service with its page, and ``kgplan mcp``, the same for clients that are models."""

from __future__ import annotations

import argparse
import logging
import socket
import sys

from kgplan.cli.commands import open_selected
from kgplan.cli.output import UsageError, for_people, write_json


def serve(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from kgplan.api.access import Access, checked_origins
    from kgplan.api.app import create_app
    from kgplan.api.limits import Limits
    from kgplan.api.server import serve as run
    from kgplan.api.state import WARMING

    if arguments.log:
        written = logging.getLogger("kgplan.api.access")
        written.addHandler(logging.StreamHandler(sys.stderr))
        written.setLevel(logging.INFO)
    try:
        limits, access = Limits.from_environment(), Access.from_environment()
        rate = access.requests_per_minute if arguments.rate_limit is None else arguments.rate_limit
        origins = access.cors_origins if arguments.cors_origin is None else checked_origins(arguments.cors_origin)
    except ValueError as error:
        raise UsageError(str(error)) from None
    corpus = open_selected(arguments)
    app = create_app(corpus, limits=limits, access=Access(rate, origins))
    family = socket.AF_INET6 if ":" in arguments.host else socket.AF_INET
    # With the protocol named, asyncio turns Nagle's algorithm off; a small answer would wait 40 ms otherwise.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((arguments.host, arguments.port))
        except OSError as error:
            error.filename = f"{arguments.host}:{arguments.port}"
            raise
        # from here on connections wait until the service is ready, instead of being refused
        listener.listen()
        host = f"[{arguments.host}]" if family == socket.AF_INET6 else arguments.host
        url = f"http://{host}:{listener.getsockname()[1]}"
        if for_people(arguments):
            print(f"kgplan answers on {url} (its API: {url}/docs); Ctrl-C stops it")
        else:
            write_json({"url": url})
        sys.stdout.flush()
        status: int = run(app, listener, workers=arguments.workers, warm=lambda: corpus.ask(WARMING))
        return status


def mcp(arguments: argparse.Namespace) -> int:
    """Speak the Model Context Protocol on standard input and output until the client goes."""
    from kgplan.mcp_server import make_server

    make_server(open_selected(arguments)).run("stdio")
    return 0
