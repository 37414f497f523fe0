"""Entry point: argument errors are 2, failed work is 1, and every error is one line on standard error."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Sequence

from kgplan.cli.arguments import parse_arguments
from kgplan.cli.output import UsageError, one_line, prepare_streams
from kgplan.errors import KgplanError

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 the work failed, 2 wrong usage (130 on Ctrl-C).

    ``KGPLAN_DEBUG=1`` shows the traceback behind an error.
    """
    _set_environment()
    prepare_streams()
    debug = os.environ.get("KGPLAN_DEBUG", "") not in ("", "0")
    if not debug and not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        try:
            arguments = parse_arguments(argv)
            code: int = arguments.run(arguments)
        finally:
            sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader has seen enough. Python flushes again at exit, which must not complain a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return _fail("interrupted", INTERRUPTED)
    except UsageError as error:
        return _fail(one_line(error), WRONG_USAGE)
    except KgplanError as error:
        if debug:
            traceback.print_exc()
        return _fail(one_line(error), FAILED)
    except OSError as error:
        if debug:
            traceback.print_exc()
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or one_line(error)}", FAILED)
    except Exception as error:
        if debug:
            traceback.print_exc()
        return _fail(
            f"internal error: {type(error).__name__}: {one_line(error)} (KGPLAN_DEBUG=1 shows where; please report it)",
            FAILED,
        )


def _set_environment() -> None:
    """Settings that the libraries read when they are first imported; what the user has set stays."""
    # One thread is steady on shared cores (benchmarks/README.md).
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # An error is one line of ours; a model's loading shows a bar only where a person sees it.
    os.environ.setdefault("HF_HUB_VERBOSITY", "error")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    if not sys.stderr.isatty():
        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")


def _fail(message: str, code: int) -> int:
    print(f"kgplan: {message}", file=sys.stderr)
    return code
