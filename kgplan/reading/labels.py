"""Numbers as list labels print them."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_ROMAN = 3999


def formatted(value: int, number_format: str) -> str:
    """``value`` in a Word number format; a format that is not known, and a value it cannot show, in decimals.

    Letters go on as Word's do: z, then aa, bb.

    >>> [formatted(4, f) for f in ("decimal", "upperRoman", "lowerLetter", "decimalZero")]
    ['4', 'IV', 'd', '04']
    """
    if number_format == "decimalZero":
        return f"{value:02d}"
    if number_format in ("lowerLetter", "upperLetter") and value > 0:
        repeats, index = divmod(value - 1, 26)
        letters = chr(ord("a") + index) * min(repeats + 1, 40)
        return letters.upper() if number_format == "upperLetter" else letters
    if number_format in ("lowerRoman", "upperRoman") and 0 < value <= _MAX_ROMAN:
        roman = _roman(value)
        return roman.upper() if number_format == "upperRoman" else roman
    return str(value)


def _roman(value: int) -> str:
    parts: list[str] = []
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        parts.append(letters * count)
    return "".join(parts)
