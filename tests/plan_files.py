"""Small plans as files, and what a folder holds."""

from __future__ import annotations

PLANS = {
    "rung": "1. Sở Nông nghiệp chủ trì trồng 120 ha rừng ven biển.\n2. Sở Tài chính bố trí kinh phí trồng rừng.",
    "duong": "1. Sở Xây dựng chủ trì, phối hợp với Công an tỉnh mở rộng đường ven biển trước ngày 30/6/2031.",
    "truong": "1. Sở Giáo dục và Đào tạo sửa chữa các trường học.\n2. Sở Tài chính bố trí kinh phí trồng rừng.",
    "benh": "1. Giao Sở Y tế tổ chức khám bệnh cho ngư dân theo Nghị quyết số 15/NQ-HĐND ngày 10/12/2030.",
}


def text_of(name, more=""):
    return f"KẾ HOẠCH\nNăm 2031 về {name}\n\nI. NHIỆM VỤ\n\n{PLANS[name]}\n{more}"


def contents(folder):
    """The bytes of every file in the folder, by name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
