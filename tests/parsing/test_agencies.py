"""Names of agencies: the registry's spellings, collectives, unknown names by their grammar."""

from __future__ import annotations

import pytest

from kgplan.parsing.agencies import AgencyReader
from kgplan.parsing.level import level
from kgplan.parsing.registry import Registry

REGISTRY = Registry.load()


@pytest.mark.parametrize(
    ("name", "jurisdiction", "expected"),
    [
        ("Sở KH&ĐT", "nghe-an", "nghe-an/so-ke-hoach-va-dau-tu"),
        ("Sở KHĐT", "nghe-an", "nghe-an/so-ke-hoach-va-dau-tu"),
        ("sở kế hoạch, đầu tư", "nghe-an", "nghe-an/so-ke-hoach-va-dau-tu"),
        ("Sở LĐ-TB&XH", "nghe-an", "nghe-an/so-lao-dong-thuong-binh-va-xa-hoi"),
        ("Sở Lao động - Thương binh và Xã hội", "nghe-an", "nghe-an/so-lao-dong-thuong-binh-va-xa-hoi"),
        ("Sở Văn hoá, Thể thao và Du lịch", "nghe-an", "nghe-an/so-van-hoa-the-thao-va-du-lich"),
        ("Uỷ ban nhân dân tỉnh Nghệ An", "nghe-an", "nghe-an/ubnd-tinh"),
        ("Ủy ban nhân dân tỉnh", "nghe-an", "nghe-an/ubnd-tinh"),
        ("UBND thành phố", "ha-noi", "ha-noi/ubnd-thanh-pho"),
        ("Tỉnh uỷ", "nghe-an", "nghe-an/tinh-uy"),
        ("Department of Finance", "nghe-an", "nghe-an/so-tai-chinh"),
        ("Bộ Tài chính", "nghe-an", "vn/bo-tai-chinh"),
        ("Ministry of Finance", "vn", "vn/bo-tai-chinh"),
        ("Cục Thuế Nghệ An", "nghe-an", "nghe-an/cuc-thue-tinh"),
        ("Sở Tài chính Hà Nội", "nghe-an", "ha-noi/so-tai-chinh"),
        ("UBND huyện, thị xã, thành phố", "nghe-an", "nghe-an/ubnd-cac-huyen-thi-xa-thanh-pho"),
        ("các đơn vị có liên quan", "nghe-an", "nghe-an/cac-don-vi-lien-quan"),
    ],
)
def test_spellings_of_one_agency(name, jurisdiction, expected):
    agency = REGISTRY.resolve(name, jurisdiction)
    assert agency is not None
    assert agency.id == expected


def test_an_unknown_name_is_not_resolved():
    assert REGISTRY.resolve("Sở Giấc mơ", "nghe-an") is None


@pytest.mark.parametrize("jurisdiction", ["nghe-an", "ha-noi", "vn"])
def test_the_registry_is_whole(jurisdiction):
    agencies = REGISTRY.agencies(jurisdiction)
    ids = [a.id for a in agencies]
    assert len(ids) == len(set(ids)) > 150
    assert all(a.name_en and "{" not in a.name_en and "{" not in a.name for a in agencies)
    assert not [a.id for a in agencies if "{" in " ".join(a.aliases)]
    assert {a.parent for a in agencies if a.parent} <= set(ids)
    assert {a.broader for a in agencies if a.broader} <= set(ids)
    assert all(REGISTRY.resolve(a.name, jurisdiction) == a for a in agencies)


def test_the_provinces_before_and_after_the_merger():
    provinces = REGISTRY.jurisdictions.values()
    assert len(provinces) == 63
    assert sum(p.merged_into is None for p in provinces) == 34
    assert {p.merged_into for p in provinces if p.merged_into} <= {p.id for p in provinces if not p.merged_into}


def found(sentence: str, jurisdiction: str = "nghe-an") -> list[str]:
    reader = AgencyReader(jurisdiction)
    return [m.agency.name for m in reader.find(sentence, level(sentence), 0, len(sentence))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sở Tài chính, Sở Y tế và các đơn vị liên quan", ["Sở Tài chính", "Sở Y tế", "các đơn vị liên quan"]),
        ("Các cấp, các ngành và các đơn vị có liên quan", ["Các cấp, các ngành", "các đơn vị liên quan"]),
        ("Các cấp, các ngành, các chủ đầu tư", ["Các cấp, các ngành", "Các chủ đầu tư"]),
        (
            "Giám đốc các sở, Trưởng các ban, ngành, đơn vị cấp tỉnh, Chủ tịch UBND các huyện, thị xã, thành phố",
            ["Các sở, ban, ngành, đơn vị cấp tỉnh", "UBND các huyện, thị xã, thành phố"],
        ),
        (
            "Các Bộ trưởng, Thủ trưởng cơ quan ngang Bộ, Thủ trưởng cơ quan thuộc Chính phủ",
            ["Các Bộ", "Cơ quan ngang Bộ", "Cơ quan thuộc Chính phủ"],
        ),
        ("HĐND, UBND các huyện", ["HĐND các huyện", "UBND các huyện"]),
        ("UBND các huyện ven biển tổ chức", ["UBND các huyện ven biển"]),
        ("UBND 11 phường xây dựng", ["UBND các phường"]),
        ("UBND huyện Kỳ Sơn và UBND thị xã Cửa Lò", ["UBND huyện Kỳ Sơn", "UBND thị xã Cửa Lò"]),
        ("Giám đốc các Sở: Nội vụ, Y tế; Thủ trưởng", ["Sở Nội vụ", "Sở Y tế"]),
        ("các Bộ Kế hoạch và Đầu tư, Tài chính sớm bố trí", ["Bộ Kế hoạch và Đầu tư", "Bộ Tài chính"]),
        ("Vụ Hợp tác quốc tế chủ trì", ["Vụ Hợp tác quốc tế"]),
        ("Cục Quản lý Khám, chữa bệnh chủ trì", ["Cục Quản lý Khám, chữa bệnh"]),
        ("Vụ Truyền thông và Thi đua, khen thưởng phối hợp", ["Vụ Truyền thông và Thi đua, khen thưởng"]),
        (
            "Viện Kiểm nghiệm an toàn vệ sinh thực phẩm quốc gia:",
            ["Viện Kiểm nghiệm an toàn vệ sinh thực phẩm quốc gia"],
        ),
        ("Bệnh viện Bạch Mai tập huấn phác đồ cấp cứu cho bác sĩ", ["Bệnh viện Bạch Mai"]),
        ("Viện Pasteur Thành phố Hồ Chí Minh chuẩn hóa quy trình", ["Viện Pasteur Thành phố Hồ Chí Minh"]),
        ("Ban Quản lý Cảng cá tỉnh ghi nhật ký", ["Ban Quản lý Cảng cá tỉnh"]),
        ("Hội đồng quản trị Tập đoàn Sông Hồng quyết định", ["Hội đồng quản trị Tập đoàn Sông Hồng"]),
        ("Cục Chất lượng nông sản (NAFIQ) và NAFIQ", ["Cục Chất lượng nông sản", "Cục Chất lượng nông sản"]),
        ("Các cơ quan, đơn vị trực thuộc Sở Y tế", ["Các cơ quan, đơn vị trực thuộc Sở Y tế"]),
        (
            "Trung tâm Dự báo khí tượng thủy văn Trung ương chủ trì",
            ["Trung tâm Dự báo khí tượng thủy văn Trung ương"],
        ),
        ("Văn phòng Đăng ký quyền sử dụng đất.", ["Văn phòng Đăng ký quyền sử dụng đất"]),
        ("Trung tâm Khí hậu Bắc Trung Bộ xây dựng kế hoạch", ["Trung tâm Khí hậu Bắc Trung Bộ"]),
        ("Các cơ quan Đảng, đoàn thể: Tuyên truyền", ["Các cơ quan Đảng, đoàn thể"]),
        ("phòng cháy, phòng trừ sâu bệnh", []),
        (
            "Hội Nông dân huyện, Hội LHPN huyện, Huyện đoàn",
            ["Hội Nông dân huyện", "Hội Liên hiệp Phụ nữ huyện", "Huyện đoàn"],
        ),
        ("UBMTTQ huyện và Đảng ủy xã", ["Ủy ban Mặt trận Tổ quốc Việt Nam huyện", "Đảng ủy xã"]),
        ("Công an thành phố Vinh, Công an cấp xã", ["Công an thành phố Vinh", "Công an cấp xã"]),
        ("Công an huyện, thị xã, thành phố", ["Công an các huyện, thị xã, thành phố"]),
        ("Trung tâm Y tế huyện, thị xã kiểm tra", ["Trung tâm Y tế các huyện, thị xã"]),
        ("Trung tâm Bảo trợ xã hội tỉnh", ["Trung tâm Bảo trợ xã hội tỉnh"]),
        ("UBND tỉnh Hà Tĩnh", ["UBND tỉnh Hà Tĩnh"]),
        ("cán bộ, cơ sở y tế, dịch vụ xã hội, đại hội đảng bộ", []),
        ("ban hành, hội nghị, báo cáo, phòng chống thiên tai", []),
        ("Viện Ngô Đồng bằng sông Hồng, UBND các huyện", ["Viện Ngô Đồng bằng sông Hồng", "UBND các huyện"]),
        ("Trung tâm Dịch vụ việc làm tỉnh mở phiên giao dịch", ["Trung tâm Dịch vụ việc làm tỉnh"]),
        ("Sở Giao dịch Hàng hóa Việt Nam niêm yết giá", ["Sở Giao dịch Hàng hóa Việt Nam"]),
        ("Hội Thực vật học Việt Nam và Viện Hải dương học", ["Hội Thực vật học Việt Nam", "Viện Hải dương học"]),
        ("Viện Kinh tế, Quản lý tài nguyên và môi trường:", ["Viện Kinh tế, Quản lý tài nguyên và môi trường"]),
        (
            "Phòng Cảnh sát phòng, chống tội phạm về môi trường kiểm tra",
            ["Phòng Cảnh sát phòng, chống tội phạm về môi trường"],
        ),
        ("Đài Khí tượng khu vực Nam Trung Bộ dự báo", ["Đài Khí tượng khu vực Nam Trung Bộ"]),
        ("Hiệp hội các nhà vườn Việt Nam góp ý", ["Hiệp hội các nhà vườn Việt Nam"]),
        (
            "Công ty Cổ phần Cấp thoát nước đô thị Hương Giang kéo đường ống tới 7 xã ven sông",
            ["Công ty Cổ phần Cấp thoát nước đô thị Hương Giang"],
        ),
        (
            "Bộ trưởng, Thủ trưởng cơ quan ngang Bộ; các cơ quan chức năng của địa phương",
            ["Các Bộ", "Cơ quan ngang Bộ", "các cơ quan chức năng của địa phương"],
        ),
        ("các cơ quan, đơn vị thuộc Bộ, ngành rà soát", ["Các cơ quan, đơn vị thuộc Bộ, ngành"]),
        (
            "các đơn vị liên quan ở Trung ương và địa phương",
            ["các đơn vị liên quan ở Trung ương và địa phương"],
        ),
        ("các công ty thuộc phạm vi quản lý của Bộ báo cáo", ["Các công ty thuộc phạm vi quản lý của Bộ"]),
        ("UBND cấp tỉnh quyết định", ["UBND cấp tỉnh"]),
        ("Cục Y tế dự phòng hướng dẫn", ["Cục Y tế dự phòng"]),
        ("Vụ Phổ biến, giáo dục pháp luật hướng dẫn", ["Vụ Phổ biến, giáo dục pháp luật"]),
        ("Viện Chiến lược phát triển hướng dẫn", ["Viện Chiến lược phát triển"]),
        ("Vụ Kinh tế biển và hải đảo hướng dẫn", ["Vụ Kinh tế biển và hải đảo"]),
        ("Trung tâm Khuyến nông và người dân thực hiện", ["Trung tâm Khuyến nông"]),
        ("Ban Pháp chế HĐND tỉnh giám sát", ["Ban Pháp chế HĐND tỉnh"]),
        ("Cục Quân lực - Bộ Tổng Tham mưu lập dự toán", ["Cục Quân lực - Bộ Tổng Tham mưu"]),
        ("Thanh tra Sở Giao thông vận tải xử lý", ["Thanh tra Sở Giao thông vận tải"]),
        ("Thanh tra Bộ xây dựng kế hoạch", ["Thanh tra Bộ"]),
        ("Phòng Kế hoạch - Tài chính Sở: Tham mưu", ["Phòng Kế hoạch - Tài chính Sở"]),
        ("Bảo tàng tỉnh trưng bày", ["Bảo tàng tỉnh"]),
        ("Tỉnh ủy và Công an tỉnh kiểm tra", ["Tỉnh ủy", "Công an tỉnh"]),
        ("Các Sở, Công an tỉnh kiểm tra", ["Các sở", "Công an tỉnh"]),
        ("Các lực lượng công an, quân đội ứng trực", ["Các lực lượng công an, quân đội"]),
        ("Thường trực các huyện ủy, thành ủy lãnh đạo", ["Các huyện ủy, thành ủy"]),
        ("Viện Khoa học công nghệ xây dựng, Sở Y tế", ["Viện Khoa học công nghệ xây dựng", "Sở Y tế"]),
        ("Cục Dự trữ Nhà nước khu vực Tây Bắc mua gạo", ["Cục Dự trữ Nhà nước khu vực Tây Bắc"]),
        ("Các trường đại học, cao đẳng\n1. Thực hiện đúng chỉ tiêu", ["Các trường đại học, cao đẳng"]),
        ("Hiệu trưởng các trường, Thủ trưởng các vụ, cục báo cáo", ["Các trường", "Các Vụ, Cục"]),
        ("Mặt trận và các đoàn thể giám sát", ["Mặt trận", "Các đoàn thể"]),
        ("Sở Lao động - TB&XH theo dõi", ["Sở Lao động, Thương binh và Xã hội"]),
        ("Ban Chỉ đạo phòng chống dịch cúm gia cầm gồm 5 ông", ["Ban Chỉ đạo phòng chống dịch cúm gia cầm"]),
        ("Công an cùng cấp điều tra", ["Công an cùng cấp"]),
        ("Hội đồng nhân dân, Ủy ban nhân dân các cấp", ["HĐND các cấp", "UBND các cấp"]),
        ("Văn phòng HĐND và UBND huyện Kỳ Sơn", ["Văn phòng HĐND và UBND huyện Kỳ Sơn"]),
        (
            "các Tập đoàn: Điện lực Việt Nam, Dầu khí Việt Nam",
            ["Tập đoàn Điện lực Việt Nam", "Tập đoàn Dầu khí Việt Nam"],
        ),
        (
            "Các huyện ủy, thị ủy, thành ủy, đảng ủy trực thuộc, ban cán sự đảng",
            ["Các huyện ủy, thị ủy, thành ủy", "Đảng ủy trực thuộc", "Ban cán sự Đảng"],
        ),
        ("Các doanh nghiệp kinh doanh xăng dầu niêm yết giá", ["Các doanh nghiệp kinh doanh xăng dầu"]),
        (
            "UBND các huyện: Kỳ Sơn, Con Cuông và thành phố Vinh",
            ["UBND huyện Kỳ Sơn", "UBND huyện Con Cuông", "UBND thành phố Vinh"],
        ),
        ("UBND các tỉnh: Lai Châu, Sơn La", ["UBND tỉnh Lai Châu", "UBND tỉnh Sơn La"]),
        ("cơ quan, tổ chức, cá nhân nộp hồ sơ; tổ chức, cá nhân được cấp phép", []),
    ],
)
def test_names_in_running_text(sentence, expected):
    assert found(sentence) == expected


def test_departments_are_a_collective_in_a_central_plan():
    assert found("Các Sở Công Thương tăng cường quản lý", "vn") == ["Các Sở Công Thương"]
    assert found("Các Sở Công Thương, Sở Y tế", "nghe-an") == ["Sở Công Thương", "Sở Y tế"]


def test_bodies_of_one_name_are_a_collective():
    assert found("Các Trung tâm Dự báo hải văn cấp tỉnh trực ca", "vn") == ["Các Trung tâm Dự báo hải văn cấp tỉnh"]
    assert found("các Ban Dân tộc báo cáo", "vn") == ["Các Ban Dân tộc"]


def test_a_heading_that_is_only_a_name_is_the_name():
    heading = "2. Các Trạm khí tượng, hải văn, khí tượng cao không (thuộc Đài khu vực)\na) Đo mưa."
    assert found(heading, "vn")[0] == "Các trạm khí tượng, hải văn, khí tượng cao không"


def test_a_vague_collective_says_so():
    reader = AgencyReader("nghe-an")
    sentence = "các đơn vị liên quan và các ngành chức năng"
    assert [m.agency.unspecified for m in reader.find(sentence, level(sentence), 0, len(sentence))] == [True, True]


def test_a_head_alone_stands_for_the_agency_named_before():
    sentence = "Tổng công ty Hàng hải Việt Nam rà soát. Tổng công ty cần báo cáo."
    reader = AgencyReader("vn")
    mentions = reader.find(sentence, level(sentence), 0, len(sentence))
    assert [(m.agency.name, m.bare) for m in mentions] == [
        ("Tổng công ty Hàng hải Việt Nam", False),
        ("Tổng công ty Hàng hải Việt Nam", True),
    ]
