"""Tables of results as pandas DataFrames. pandas is an extra, and imported when a table is first made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kgplan.errors import KgplanError

if TYPE_CHECKING:
    import pandas


def frame(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> pandas.DataFrame:
    """``rows`` under ``columns``, in that order; what a row lacks is None.

    Raises KgplanError, with what to install, when pandas is missing.
    """
    try:
        import pandas
    except ImportError as error:
        raise KgplanError("pandas is not installed; run: pip install 'kgplan[pandas]'") from error
    return pandas.DataFrame([[row.get(name) for name in columns] for row in rows], columns=list(columns))
