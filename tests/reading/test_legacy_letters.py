"""Every Vietnamese letter in the legacy encodings, by tables written down here from their published descriptions.

TCVN 5712:1993 (the subset VN3 that the ABC fonts use) is as glibc's iconv has it; VNI-Windows as VNI's own code table
prints it, a letter and the code of its mark. The columns are: no tone, acute, grave, hook, tilde, dot below.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata

import pytest
from legacy_text import windows_1258

from kgplan.reading import read

ROWS = [
    "aáàảãạ",
    "ăắằẳẵặ",
    "âấầẩẫậ",
    "eéèẻẽẹ",
    "êếềểễệ",
    "iíìỉĩị",
    "oóòỏõọ",
    "ôốồổỗộ",
    "ơớờởỡợ",
    "uúùủũụ",
    "ưứừửữự",
    "yýỳỷỹỵ",
]
LETTERS = "".join(ROWS) + "đ"
_TCVN3_CODES = """
61 B8 B5 B6 B7 B9   A8 BE BB BC BD C6   A9 CA C7 C8 C9 CB   65 D0 CC CE CF D1   AA D5 D2 D3 D4 D6   69 DD D7 D8 DC DE
6F E3 DF E1 E2 E4   AB E8 E5 E6 E7 E9   AC ED EA EB EC EE   75 F3 EF F1 F2 F4   AD F8 F5 F6 F7 F9   79 FD FA FB FC FE
AE
"""
TCVN3_CAPITALS = {"Ă": "A1", "Â": "A2", "Ê": "A3", "Ô": "A4", "Ơ": "A5", "Ư": "A6", "Đ": "A7"}
_VNI_CODES = """
a aù aø aû aõ aï   aê aé aè aú aü aë   aâ aá aà aå aã aä   e eù eø eû eõ eï   eâ eá eà eå eã eä   i í ì æ ó ò
o où oø oû oõ oï   oâ oá oà oå oã oä   ô ôù ôø ôû ôõ ôï   u uù uø uû uõ uï   ö öù öø öû öõ öï   y yù yø yû yõ î
ñ
"""
_VNI_CAPITALS = """
A AÙ AØ AÛ AÕ AÏ   AÊ AÉ AÈ AÚ AÜ AË   AÂ AÁ AÀ AÅ AÃ AÄ   E EÙ EØ EÛ EÕ EÏ   EÂ EÁ EÀ EÅ EÃ EÄ   I Í Ì Æ Ó Ò
O OÙ OØ OÛ OÕ OÏ   OÂ OÁ OÀ OÅ OÃ OÄ   Ô ÔÙ ÔØ ÔÛ ÔÕ ÔÏ   U UÙ UØ UÛ UÕ UÏ   Ö ÖÙ ÖØ ÖÛ ÖÕ ÖÏ   Y YÙ YØ YÛ YÕ Î
Ñ
"""

TCVN3 = {letter: bytes.fromhex(code) for letter, code in zip(LETTERS, _TCVN3_CODES.split(), strict=True)} | {
    letter: bytes.fromhex(code) for letter, code in TCVN3_CAPITALS.items()
}
VNI = {
    letter: code.encode("latin-1")
    for letter, code in zip(LETTERS + LETTERS.upper(), (_VNI_CODES + _VNI_CAPITALS).split(), strict=True)
}
FRAME = "các đơn vị thực hiện kế hoạch phát triển nông nghiệp {} và phối hợp với các xã để tổ chức hội nghị"


def typed(text: str, table: dict[str, bytes]) -> bytes:
    return b"".join(table.get(letter) or letter.encode("ascii") for letter in text)


def test_the_tables_here_hold_every_letter() -> None:
    assert len(set(LETTERS + LETTERS.upper())) == 146  # 134 beyond ASCII, and a, e, i, o, u, y in both cases
    assert len(VNI) == 146
    assert len(set(TCVN3.values())) == len(TCVN3) == 73 + 7


@pytest.mark.parametrize(("encoding", "table"), [("tcvn3", TCVN3), ("vni-windows", VNI)])
def test_each_letter_is_read_by_the_published_code(encoding: str, table: dict[str, bytes]) -> None:
    for letter in table:
        text = FRAME.format(f"x{letter}m")
        result = read(typed(text, table))
        assert (result.encoding, result.text) == (encoding, text), letter


def test_tcvn3_capitals_with_tones_are_small_letters_in_a_capital_font() -> None:
    line = "NGHỊ QUYẾT VỀ XỬ LÝ RÁC THẢI Ở ĐÔ THỊ"
    small = "".join(c if c.isascii() else c.lower() for c in line)
    assert read(typed(FRAME.format("\n") + "\n" + small, TCVN3)).text.splitlines()[-1] == line


def test_each_letter_is_read_in_windows_1258_with_its_tone_as_a_mark() -> None:
    for letter in LETTERS + LETTERS.upper():
        text = FRAME.format(f"x{letter}m")
        result = read(windows_1258(text))
        assert (result.encoding, result.text) == ("windows-1258", text), letter


def test_the_table_of_tcvn3_is_that_of_another_implementation() -> None:
    iconv = shutil.which("iconv")
    if iconv is None:
        pytest.skip("no iconv here")
    done = subprocess.run(
        [iconv, "-f", "TCVN5712-1", "-t", "UTF-8"], input=b" ".join(TCVN3.values()) + b" ", capture_output=True
    )
    if done.returncode:
        pytest.skip("this iconv has no TCVN5712-1")
    assert unicodedata.normalize("NFC", done.stdout.decode()).split() == list(TCVN3)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_each_letter_is_read_in_utf_16(codec: str) -> None:
    text = FRAME.format(" ".join(LETTERS + LETTERS.upper()))
    result = read(text.encode(codec))
    assert (result.encoding, result.text) == ("utf-16", text)
