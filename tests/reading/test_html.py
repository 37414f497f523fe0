from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_text import SAMPLE, legacy_bytes, sentences, western

from kgplan.errors import ReadError
from kgplan.reading import read

LONG = (
    "Các đơn vị căn cứ chức năng, nhiệm vụ được giao, chủ động xây dựng kế hoạch chi tiết, tổ chức triển khai "
    "thực hiện, định kỳ báo cáo kết quả về cơ quan đầu mối để tổng hợp theo quy định."
)


def text_of(body: str, head: str = '<meta charset="utf-8">') -> str:
    return read(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()).text


def lines(body: str) -> list[str]:
    return text_of(body).split("\n")


def test_blocks_and_line_breaks_become_lines() -> None:
    body = "<h1>KẾ\n HOẠCH</h1><p>Một <b>hai</b>\n<i>ba</i></p><div>bốn<p>năm</p>sáu<br>bảy<br/><br>tám</div>"
    assert lines(body) == ["KẾ HOẠCH", "Một hai ba", "bốn", "năm", "sáu", "bảy", "tám"]


def test_entities_and_preformatted_text() -> None:
    assert lines("<p>S&#7903;&nbsp;Y t&ecirc;&amp;</p><pre>một\n  hai</pre>") == ["Sở Y tê&", "một", "hai"]


def test_lists_print_their_labels() -> None:
    body = """
    <ol type="I"><li>Mục tiêu<ol><li>Chung</li><li>Riêng<ul><li>Gạch</li><li>- Đã có</li></ul></li></ol></li>
    <li>Nhiệm vụ<ol type="a" start="3"><li><p>Đường</p><p>đoạn sau</p></li><li value="7">Cầu</li></ol></li></ol>
    <ol style="list-style-type: lower-roman"><li>x</li><li>ii. y</li></ol>
    <ul style="list-style:none"><li>không dấu</li></ul>"""
    assert lines(body) == [
        "I. Mục tiêu",
        "1. Chung",
        "2. Riêng",
        "• Gạch",
        "- Đã có",
        "II. Nhiệm vụ",
        "c. Đường",
        "đoạn sau",
        "g. Cầu",
        "i. x",
        "ii. y",
        "không dấu",
    ]


def test_a_table_becomes_rows_with_spans_filled() -> None:
    body = """<p>Phụ lục</p><table><caption>DANH MỤC</caption>
    <thead><tr><th rowspan="2">TT</th><th rowspan="2">Nhiệm vụ</th><th colspan="2">Phân công</th></tr>
    <tr><th>Chủ trì</th><th>Phối hợp</th></tr></thead>
    <tbody><tr><td colspan="4">I. NHÓM MỘT</td></tr>
    <tr><td>1</td><td>Xây dựng<br>đề án</td><td rowspan="2">Sở A</td><td>Sở B;<p>Sở C</p></td></tr>
    <tr><td>2</td><td>Rà soát</td><td></td></tr></tbody></table>sau bảng"""
    assert lines(body) == [
        "Phụ lục",
        "DANH MỤC",
        "TT | Nhiệm vụ | Phân công | ",
        "TT | Nhiệm vụ | Chủ trì | Phối hợp",
        "I. NHÓM MỘT |  |  | ",
        "1 | Xây dựng đề án | Sở A | Sở B; Sở C",
        "2 | Rà soát | Sở A | ",
        "sau bảng",
    ]


def test_column_edges_a_hair_apart_make_no_columns() -> None:
    body = """<table><tr><td>a</td><td colspan="2">b</td><td>c</td></tr>
    <tr><td colspan="2">d</td><td>e</td><td>f</td></tr><tr><td>g</td><td colspan="2">h</td><td>i</td></tr></table>"""
    assert lines(body) == ["a | b | c", "d | e | f", "g | h | i"]


def test_a_page_laid_out_in_a_table_is_read_in_order() -> None:
    body = f"""<table><tr><td>Cột trái</td><td><p>{LONG}</p>
    <table><tr><td>1</td><td>x</td><td>A</td></tr><tr><td>2</td><td>y</td><td>B</td></tr><tr><td>3</td><td>z</td><td>C</td></tr></table>
    </td></tr></table>"""
    assert lines(body) == ["Cột trái", LONG, "1 | x | A", "2 | y | B", "3 | z | C"]


def test_page_furniture_is_left_out() -> None:
    body = f"""
    <script>var a = "x";</script><style>p {{}}</style><!-- chú thích --><noscript>bật lên</noscript>
    <header><div>Cổng thông tin</div></header>
    <nav><p>Trang chủ</p></nav>
    <div class="main-menu"><span>Giới thiệu</span></div>
    <div><a href="/">Tin tức</a> | <a href="/">Văn bản</a> | <a href="/">Liên hệ</a></div>
    <div id="noi-dung" style="display: block"><h1>KẾ HOẠCH</h1><p>{LONG}</p>
    <p hidden>ẩn</p><p style="display:none">ẩn</p></div>
    <div id="tinLienQuan"><p>Tin khác</p></div>
    <ul><li><a href="/1">Một tin dài nào đó</a></li>
    <li><a href="/2">Một tin khác nữa</a></li><li><a href="/3">Tin ba</a></li></ul>
    <form><label>Tên</label><input value="x"><button>Gửi</button></form>
    <div><p>Bản quyền thuộc về Cổng thông tin điện tử tỉnh A</p></div>
    <footer><p>Địa chỉ: số 1</p></footer>"""
    assert lines(body) == ["KẾ HOẠCH", LONG]


def test_lines_of_a_portal_around_the_document_are_left_out() -> None:
    body = f"""
    <a class="skip-link" href="#main">Bỏ qua đến nội dung</a>
    <div class="post-info">Ngày đăng: 05/01/2024 08:30 | Lượt xem: 120 | Cỡ chữ: A A A</div>
    <div id="main"><h1>KẾ HOẠCH</h1><p>{LONG}</p><p>{LONG}</p><p>1. Sở A rà soát từ khóa: tìm kiếm.</p></div>
    <div class="post">Từ khóa: <a href="#">kế hoạch</a>, 2024</div>
    <div>Tệp đính kèm: <a href="kh.pdf">kh.pdf</a></div>"""
    assert lines(body) == ["KẾ HOẠCH", LONG, LONG, "1. Sở A rà soát từ khóa: tìm kiếm."]


def test_linked_legal_bases_are_not_a_list_of_links() -> None:
    bases = [f"Căn cứ <a href='/{i}'>Luật số {i}/2019/QH14 ngày 2 tháng 3 năm 2019</a>;" for i in range(1, 5)]
    body = f"<div>{''.join(f'<p>{base}</p>' for base in bases)}</div><p>{LONG}</p>"
    assert len(lines(body)) == 5


def test_a_furniture_name_on_the_whole_page_does_not_empty_it() -> None:
    assert text_of(f'<div class="search-result menu"><p>{LONG}</p></div>') == LONG


def test_words_of_a_site_inside_the_document_stay() -> None:
    task = "Sở A tổ chức tuyên truyền, bảo vệ bản quyền thuộc lĩnh vực văn hóa."
    assert lines(f"<div><p>{task}</p></div><div><p>{LONG}</p></div>") == [task, LONG]


def test_headings_and_bold_lines_are_marked() -> None:
    body = "<h2>Đề mục</h2><p><b>Đậm</b></p><p><b>Nửa</b> đậm</p><p style='font-weight:bold'>Kiểu</p>"
    result = read(f"<html><body>{body}</body></html>".encode())
    assert [result.text[start:end] for start, end in result.strong] == ["Đề mục", "Đậm", "Kiểu"]


def test_places_in_the_source() -> None:
    result = read(b"<html><body><p>a</p><p>b</p><table><tr><td>c<td>d<td>e<tr><td>f<td>g<td>h</table></body></html>")
    assert result.locate(result.text.index("b")).paragraph == 2
    where = result.locate(result.text.index("g"))
    assert (where.table, where.row, where.column) == (1, 2, 2)


def test_html_named_doc_is_read_as_html() -> None:
    page = f"<html xmlns:w='urn:schemas-microsoft-com:office:word'><body><p class=MsoNormal>{LONG}</p></body></html>"
    result = read(page.encode(), name="van-ban.doc")
    assert (result.format, result.text) == ("html", LONG)


def web_archive(kind: str) -> bytes:
    message = MIMEMultipart("related")
    message.attach(MIMEText(f"<html><body><p>{LONG}</p></body></html>", kind, "utf-8"))
    return message.as_bytes()


def test_a_web_archive_is_read() -> None:
    result = read(web_archive("html"), name="van-ban.doc")
    assert (result.format, result.text) == ("html", LONG)
    with pytest.raises(ReadError, match="web archive without an HTML page"):
        read(web_archive("plain"))


def test_a_fragment_without_html_tags_is_told_by_its_tags() -> None:
    assert read("<p>Một</p><p>hai</p><p>ba</p>".encode()).text == "Một\nhai\nba"
    assert read("Nếu x < 3 và y > 2 thì <b>".encode()).format == "txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_pages(encoding: str) -> None:
    assert read(f"<html><body><p>{LONG}</p></body></html>".encode(encoding)).text == LONG


@pytest.mark.parametrize("encoding", ["tcvn3", "vni-windows", "windows-1258"])
def test_legacy_pages(encoding: str) -> None:
    text = SAMPLE.replace("\n", "<br>").replace("Ủ", "ủ")
    data = b"<html><body>" + legacy_bytes(text, encoding) + b"</body></html>"
    result = read(data)
    assert (result.text, result.encoding) == (text.replace("<br>", "\n"), encoding)


def test_pages_in_a_legacy_font_are_turned() -> None:
    body = western(SAMPLE.replace("Ủ", "ủ"), "tcvn3").replace("\n", "<br>")
    result = read(f'<html><body><font face=".VnTime">{body}</font></body></html>'.encode())
    assert (result.text, result.encoding) == (SAMPLE.replace("Ủ", "ủ"), "tcvn3")


def test_a_declared_charset_decides_what_the_words_do_not() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>S&#7903; Y t&#7871; \xe9t\xe9</p></body></html>'
    assert read(page.encode("latin-1")).text == "Sở Y tế été"


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<p> &nbsp; </p>"])
def test_a_page_without_text(body: str) -> None:
    with pytest.raises(ReadError, match=r"p\.html: holds no text"):
        read(f"<html><body>{body}</body></html>".encode(), name="p.html")


def test_deep_nesting_is_read_and_what_is_too_deep_refused() -> None:
    assert text_of("<div>" * 500 + "sâu" + "</div>" * 500) == "sâu"
    with pytest.raises(ReadError, match="nested too deeply"):
        text_of("<p>nông</p>" + "<div>" * 5000 + "sâu" + "</div>" * 5000)


markup = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<table>",
            "<tr>",
            "<td rowspan=9>",
            "<td colspan=0>",
            "</table>",
            "<li>",
            "<ul>",
            "</ul>",
            "<b>",
            "<br>",
            "<pre>",
            "a\n",
            "ệ ",
        ]
    )
)


@given(parts=markup)
def test_any_markup_is_read_without_a_crash(parts: list[str]) -> None:
    result = read(f"<html><body><p>.</p>{''.join(parts)}</body></html>".encode())
    assert "." in result.text
    assert all(0 <= start < end <= len(result.text) for start, end in result.strong)
    starts = result.source_map.starts
    assert list(starts) == sorted(set(starts))
    assert starts[0] == 0


@given(paragraphs=st.lists(sentences, min_size=1, max_size=5))
def test_paragraphs_come_out_as_they_are(paragraphs: list[str]) -> None:
    assert lines("".join(f"<p>{p}</p>" for p in paragraphs)) == paragraphs


def test_many_comments_before_anything_else_are_passed_at_once() -> None:
    comments = "<!-- ghi chú -->" * 200
    assert read(f"{comments}<html><body><p>Sở Y tế</p></body></html>".encode()).text == "Sở Y tế"
    assert "Sở Y tế" in read(f"{comments}\nSở Y tế".encode()).text
