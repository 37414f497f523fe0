"""Who does what in one sentence or row: the forms one by one, and what is no role."""

from __future__ import annotations

import pytest
from duties import read, said


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sở Tài chính chủ trì phối hợp với Sở Nội vụ xây dựng dự toán.", "L Sở Tài chính; C Sở Nội vụ"),
        (
            "Sở Tài chính chủ trì và phối hợp chặt chẽ cùng với Công an tỉnh kiểm tra.",
            "L Sở Tài chính; C Công an tỉnh",
        ),
        ("Sở Tài chính chủ trì cùng Công an tỉnh kiểm tra.", "L Sở Tài chính; C Công an tỉnh"),
        (
            "Giao Giám đốc Sở Y tế chủ trì, phối hợp các sở, ban, ngành liên quan tổ chức thực hiện.",
            "L Sở Y tế; C các sở, ban, ngành liên quan",
        ),
        ("Giao Sở Y tế tổ chức thực hiện.", "L Sở Y tế"),
        ("UBND tỉnh giao Sở Y tế, Sở Nội vụ tổ chức thực hiện.", "S Sở Y tế, Sở Nội vụ"),
        (
            "Yêu cầu Chủ tịch UBND các huyện, thị xã, thành phố chỉ đạo thực hiện nghiêm túc.",
            "S UBND các huyện, thị xã, thành phố",
        ),
        ("Sở Nội vụ chịu trách nhiệm theo dõi, đôn đốc.", "L Sở Nội vụ"),
        ("Sở Nội vụ tổ chức hội thảo.", "L Sở Nội vụ"),
        ("Hội thi do Sở Y tế và Công an tỉnh đồng chủ trì.", "L Sở Y tế, Công an tỉnh"),
        (
            "Sở Tư pháp chỉ đạo Cục Thi hành án dân sự tỉnh chủ trì, phối hợp với Công an tỉnh rà soát.",
            "L Cục Thi hành án dân sự tỉnh; C Công an tỉnh; S Sở Tư pháp",
        ),
        ("Cục Thi hành án dân sự tỉnh phối hợp với Sở Y tế rà soát.", "L Cục Thi hành án dân sự tỉnh; C Sở Y tế"),
        (
            "Sở Công Thương phối hợp với Hiệp hội các nhà sản xuất xe máy Việt Nam rà soát.",
            "L Sở Công Thương; C Hiệp hội các nhà sản xuất xe máy Việt Nam",
        ),
        ('"Phòng, chống đuối nước trẻ em" do Sở Y tế chủ trì, gồm 02 phần.', "L Sở Y tế"),
        ("Rà soát quy hoạch khu cảng, giao Sở Xây dựng.", "L Sở Xây dựng"),
        ("Trại giam nơi chuyển đi phải thông báo cho cơ quan thuế.", "L Trại giam"),
        ("Sở Tư pháp phối hợp với cơ quan thi hành án dân sự rà soát.", "L Sở Tư pháp; C Cơ quan thi hành án dân sự"),
        ("Công an tỉnh phối hợp với Trung đoàn 842 rà soát.", "L Công an tỉnh; C Trung đoàn 842"),
        ("Các doanh nghiệp bưu chính, viễn thông báo cáo.", "S Các doanh nghiệp bưu chính, viễn thông"),
        ("UBND huyện đảo Cô Tô, Sở Y tế trực ban.", "S UBND huyện đảo Cô Tô, Sở Y tế"),
        ("Các tỉnh Tây Nguyên khẩn trương rà soát.", "S Các tỉnh Tây Nguyên"),
        ("Các địa phương vùng đồng bằng sông Hồng báo cáo.", "S Các địa phương vùng đồng bằng sông Hồng"),
        ("Hằng năm các sở, ngành căn cứ nhiệm vụ được giao lập dự toán.", "S Các sở, ngành"),
        ("Đối với các địa phương khi lập dự toán phải xác định rõ nguồn vốn.", "S các địa phương"),
        ("Căn cứ kế hoạch giám sát của Quốc hội; thực tiễn thi hành, Sở Tư pháp định hướng nội dung.", "L Sở Tư pháp"),
        ("Các đơn vị thuộc Sở được giao giải quyết đơn thì có trách nhiệm báo cáo.", "S Các đơn vị thuộc Sở"),
        (
            "Sở Nội vụ phối hợp, thống nhất ý kiến với Sở Tài chính, các nhà tài trợ nước ngoài để ban hành.",
            "L Sở Nội vụ; C Sở Tài chính, Các nhà tài trợ nước ngoài",
        ),
        ("Sở Nội vụ là cơ quan đầu mối tổng hợp.", "L Sở Nội vụ"),
        ("Sở Nội vụ là cơ quan thường trực của Ban Chỉ đạo.", "L Sở Nội vụ"),
        (
            "Sở Nội vụ làm đầu mối, phối hợp với Văn phòng UBND tỉnh tổng hợp, báo cáo UBND tỉnh.",
            "L Sở Nội vụ; C Văn phòng UBND tỉnh",
        ),
        ("Cơ quan quản lý: Sở Khoa học và Công nghệ.", "L Sở Khoa học và Công nghệ"),
        (
            "Xây dựng cơ sở dữ liệu. Cơ quan chủ trì: Sở TN&MT. Cơ quan phối hợp: Sở TT&TT, UBND các huyện.",
            "L Sở Tài nguyên và Môi trường; C Sở Thông tin và Truyền thông, UBND các huyện",
        ),
        (
            "Các Sở: Tài chính, Kế hoạch và Đầu tư, Y tế bố trí kinh phí.",
            "S Sở Tài chính, Sở Kế hoạch và Đầu tư, Sở Y tế",
        ),
        (
            "Sở KH&ĐT, Sở NN&PTNT theo chức năng, nhiệm vụ được giao triển khai thực hiện.",
            "S Sở Kế hoạch và Đầu tư, Sở Nông nghiệp và Phát triển nông thôn",
        ),
        (
            "Sở Xây dựng tham mưu UBND tỉnh xử lý; chủ trì, phối hợp với BQL KKT kiểm tra.",
            "L Sở Xây dựng; C Ban Quản lý Khu kinh tế tỉnh",
        ),
        (
            "Trên cơ sở kế hoạch được duyệt, Sở Công Thương chủ trì, phối hợp với các đơn vị liên quan triển khai.",
            "L Sở Công Thương; C các đơn vị liên quan",
        ),
        ("Sở Công Thương hướng dẫn doanh nghiệp; Sở Tài chính phối hợp.", "L Sở Công Thương; C Sở Tài chính"),
        ("Đồng chí Nguyễn Văn An, Giám đốc Sở Y tế chỉ đạo triển khai.", "L Sở Y tế"),
        (
            "Công ty Cổ phần Cấp nước Nghệ An chủ trì, phối hợp với UBND thành phố Vinh khắc phục sự cố.",
            "L Công ty Cổ phần Cấp nước Nghệ An; C UBND thành phố Vinh",
        ),
        (
            "Các cấp, các ngành, đơn vị liên quan tập trung tháo gỡ khó khăn.",
            "S Các cấp, các ngành, các đơn vị liên quan",
        ),
        (
            "Tòa án nhân dân tỉnh, Viện Kiểm sát nhân dân tỉnh phối hợp chặt chẽ trong xét xử các vụ án.",
            "S Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh",
        ),
        (
            "Thủ trưởng các sở, ban, ngành; Chủ tịch UBND các huyện, thành phố chịu trách nhiệm thi hành.",
            "S Các sở, ban, ngành, UBND các huyện, thành phố",
        ),
        (
            "Sở Giáo dục và Đào tạo chủ trì, các sở, ngành, địa phương phối hợp thực hiện.",
            "L Sở Giáo dục và Đào tạo; C Các sở, ngành, địa phương",
        ),
        (
            "Sở Tài chính thẩm định; tập trung phối hợp chặt chẽ với Bộ Tài chính để sớm phân bổ vốn.",
            "L Sở Tài chính; C Bộ Tài chính",
        ),
        (
            "Việc kiểm tra bếp ăn do Sở Y tế chủ trì, có sự tham gia của Sở Công Thương, Công an tỉnh.",
            "L Sở Y tế; C Sở Công Thương, Công an tỉnh",
        ),
        ("Khảo sát mức hài lòng của người dân (do Sở Nội vụ thực hiện).", "L Sở Nội vụ"),
        ("Sở Y tế phối hợp với chính quyền địa phương tiêm chủng.", "L Sở Y tế; C Chính quyền địa phương"),
        (
            "UBND các huyện: Kỳ Sơn, Quế Phong và Con Cuông bố trí quỹ đất.",
            "S UBND huyện Kỳ Sơn, UBND huyện Quế Phong, UBND huyện Con Cuông",
        ),
        ("Cơ quan, đơn vị thực hiện: Sở Y tế và Sở Nội vụ.", "S Sở Y tế, Sở Nội vụ"),
        (
            "Sở Y tế phối hợp với các địa phương, đặc biệt là với Công an tỉnh kiểm tra.",
            "L Sở Y tế; C các địa phương, Công an tỉnh",
        ),
        (
            "BQL KKT Đông Nam và các KCN Nghệ An chủ trì rà soát quy hoạch.",
            "L BQL KKT Đông Nam và các KCN Nghệ An",
        ),
        (
            "Ban QLDA đầu tư xây dựng các công trình dân dụng và công nghiệp tỉnh khẩn trương thi công.",
            "L Ban QLDA đầu tư xây dựng các công trình dân dụng và công nghiệp tỉnh",
        ),
        (
            "Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh đẩy nhanh tiến độ.",
            "L Ban Quản lý dự án đầu tư xây dựng công trình giao thông tỉnh",
        ),
        ("Ban QLDA đầu tư xây dựng tỉnh đẩy nhanh tiến độ.", "L Ban Quản lý dự án đầu tư xây dựng tỉnh"),
        (
            "UBND xã Hưng Lộc, phường Trung Đô và thị trấn Nam Đàn kiểm tra.",
            "S UBND xã Hưng Lộc, UBND phường Trung Đô, UBND thị trấn Nam Đàn",
        ),
        ("UBND xã Hưng Lộc, thành phố Vinh kiểm tra.", "L UBND xã Hưng Lộc"),
        (
            "UBND huyện Kỳ Sơn, Quế Phong và Con Cuông mở đường.",
            "S UBND huyện Kỳ Sơn, UBND huyện Quế Phong, UBND huyện Con Cuông",
        ),
        ("UBND huyện Kỳ Sơn, Vườn quốc gia Pù Mát giữ rừng.", "S UBND huyện Kỳ Sơn, Vườn quốc gia Pù Mát"),
        (
            "Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh chủ trì tổng hợp.",
            "L Văn phòng Điều phối Chương trình xây dựng nông thôn mới tỉnh",
        ),
        (
            "Sở Y tế phối hợp với các sở, ban, ngành cấp tỉnh và Thanh tra tỉnh kiểm tra.",
            "L Sở Y tế; C Các sở, ban, ngành cấp tỉnh, Thanh tra tỉnh",
        ),
        (
            "Các cấp ủy, tổ chức đảng, chính quyền, MTTQ và các đoàn thể quán triệt.",
            "S Các cấp ủy, tổ chức Đảng, chính quyền, Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, Các đoàn thể",
        ),
        ("Đảng ủy UBND tỉnh lãnh đạo Sở Y tế tham mưu.", "L Đảng ủy UBND tỉnh"),
        (
            "Giao Ban Thường vụ Đảng ủy Công an tỉnh chỉ đạo Công an tỉnh chủ trì triển khai.",
            "L Công an tỉnh; S Ban Thường vụ Đảng ủy Công an tỉnh",
        ),
        (
            "Tổ công tác thúc đẩy giải ngân vốn đầu tư công chủ trì, phối hợp Sở Tài chính rà soát.",
            "L Tổ công tác thúc đẩy giải ngân vốn đầu tư công; C Sở Tài chính",
        ),
        (
            "Tổ trưởng Tổ công tác thực hiện Đề án 06 và Giám đốc Sở Y tế chịu trách nhiệm.",
            "S Tổ công tác thực hiện Đề án 06, Sở Y tế",
        ),
        ("Ban Chỉ đạo chuyển đổi số tỉnh chỉ đạo triển khai.", "L Ban Chỉ đạo chuyển đổi số tỉnh"),
        (
            "Hội Nông dân tỉnh phối hợp với ngành y tế tỉnh và các cơ quan liên quan tuyên truyền.",
            "L Hội Nông dân tỉnh; C các cơ quan liên quan",
        ),
        ("Sở Y tế dự các hội nghị do Bộ Y tế chủ trì hoặc phối hợp với Bộ Tài chính tổ chức.", "L Sở Y tế"),
        ("Chánh Văn phòng, Giám đốc Sở Y tế chịu trách nhiệm thi hành.", "S Văn phòng, Sở Y tế"),
        ("Các tổ chức và Ban quản lý chợ thuộc huyện được hưởng 8% số thuế.", ""),
        ("Các cơ quan, tổ chức tiếp tục rà soát.", "S Các cơ quan, tổ chức"),
        (
            "Công ty Trách nhiệm hữu hạn một thành viên (TNHH MTV) Thủy lợi Bắc bảo dưỡng kênh.",
            "L Công ty Trách nhiệm hữu hạn một thành viên (TNHH MTV) Thủy lợi Bắc",
        ),
        (
            "Các cơ quan quản lý dự án của Chương trình chịu trách nhiệm lập dự toán.",
            "S Các cơ quan quản lý dự án của Chương trình",
        ),
        (
            "Các đơn vị tổ chức tiếp khách phải trực tiếp chịu trách nhiệm về khoản chi.",
            "S Các đơn vị tổ chức tiếp khách",
        ),
        (
            "Đơn vị phối hợp: Các doanh nghiệp viễn thông; UBND các huyện.",
            "C Các doanh nghiệp viễn thông, UBND các huyện",
        ),
        (
            "Sở Y tế phối hợp với các tổ chức tín dụng và Công an tỉnh kiểm tra.",
            "L Sở Y tế; C Các tổ chức tín dụng, Công an tỉnh",
        ),
        ("Đơn chuyển cho Sở Y tế; Sở Nội vụ và Sở Tài chính có trách nhiệm xem xét.", "S Sở Nội vụ, Sở Tài chính"),
        (
            "Yêu cầu các phòng, ban, ngành, Mặt trận, đoàn thể kiểm tra.",
            "S Các phòng, ban, ngành, Mặt trận, Các đoàn thể",
        ),
        (
            "Yêu cầu đồng chí Giám đốc các sở, Chủ tịch UBND các huyện nghiêm túc thực hiện.",
            "S Các sở, UBND các huyện",
        ),
        (
            "Ông Chánh Văn phòng UBND tỉnh, Giám đốc Sở Y tế căn cứ Quyết định thi hành.",
            "S Văn phòng UBND tỉnh, Sở Y tế",
        ),
        ("Đối với các sở, ngành: rà soát, cắt giảm thủ tục hành chính.", "S Các sở, ngành"),
        ("Về phía Sở Y tế: chủ trì, phối hợp với Sở Nội vụ kiểm tra.", "L Sở Y tế; C Sở Nội vụ"),
        ("Mỗi đơn vị phải xây dựng kế hoạch riêng.", "S Mỗi đơn vị"),
        ("Trước ngày 15/6 hằng năm các địa phương gửi báo cáo.", "S các địa phương"),
        (
            "Sở Y tế (chủ trì), Sở Nội vụ, Sở Tài chính (phối hợp) mở chiến dịch.",
            "L Sở Y tế; C Sở Nội vụ, Sở Tài chính",
        ),
        ("Sở Y tế chủ trì, Sở Nội vụ tham gia, phối hợp thực hiện.", "L Sở Y tế; C Sở Nội vụ"),
        ("Sở Y tế cùng Sở Nội vụ tham mưu ban hành quy chế.", "L Sở Y tế; C Sở Nội vụ"),
        ("Phương tiện đi lại do Công an tỉnh chịu trách nhiệm bố trí, sử dụng.", "L Công an tỉnh"),
        ("Kinh phí hỗ trợ do Sở Tài chính chủ trì, phối hợp Sở Y tế trình.", "L Sở Tài chính; C Sở Y tế"),
        (
            "Sở Ngoại vụ phối hợp với chính quyền tỉnh Xiêng Khoảng (Lào) tổ chức hội đàm.",
            "L Sở Ngoại vụ; C Chính quyền tỉnh Xiêng Khoảng",
        ),
        ("Sở Y tế phối hợp vớiCông an tỉnh kiểm tra.", "L Sở Y tế; C Công an tỉnh"),
        (
            "Sở Y tế chủ trì, phối hợp với Sở Nội vụ kiểm tra; Sở Tài chính bố trí vốn.",
            "L Sở Y tế, Sở Tài chính; C Sở Nội vụ",
        ),
        ("Rà soát các đề án do Sở Y tế chịu trách nhiệm soạn thảo.", ""),
        ("Các sở, ngành phối hợp chưa đồng bộ.", ""),
        ("Sở Y tế có Giám đốc và 03 Phó Giám đốc.", ""),
        ("Các xã đặc biệt khó khăn được hỗ trợ thêm kinh phí.", ""),
        ("Tiêu chuẩn của Trưởng phòng; Trưởng phòng Tư pháp thuộc UBND huyện, thị xã (gọi là cấp huyện).", ""),
        ("Các thành viên tham dự: 70.000 đồng/người/buổi.", ""),
        ("Chủ tịch UBND huyện làm Trưởng đoàn.", ""),
        ("Rà soát các dự án do Sở Y tế chủ trì và các quy định do Bộ Y tế ban hành.", ""),
        ("Lập quỹ với sự tham gia của các doanh nghiệp.", ""),
        ("Phó Thủ tướng Chính phủ chủ trì cuộc họp.", ""),
        ("Bồi dưỡng cán bộ chủ trì các cấp.", ""),
        ("Báo cáo UBND tỉnh, trình HĐND tỉnh ban hành nghị quyết.", ""),
        ("Sở Tư pháp là cơ quan chuyên môn thuộc UBND tỉnh.", ""),
        ("Sở Tư pháp có tư cách pháp nhân, có con dấu và tài khoản riêng.", ""),
        ("Tháo gỡ khó khăn cho các sở, ban, ngành và UBND các huyện.", ""),
        ("Nâng cao trách nhiệm của các cấp, các ngành trong thực hiện nhiệm vụ.", ""),
    ],
)
def test_forms(sentence, expected):
    assert said(read(f"I. NHIỆM VỤ\n1. {sentence}\n2. Nội dung khác.\n"), "I.1") == expected


def test_who_assigns_is_no_role():
    plan = read(
        "I. NHIỆM VỤ\n1. UBND tỉnh giao 15 chỉ tiêu cụ thể cho các ngành, địa phương, đơn vị tổ chức thực hiện.\n"
    )
    (role,) = plan.statement("I.1").responsibilities
    assert (role.role, plan.agency(role.agency).name) == ("shares", "Các ngành, địa phương, đơn vị")
    assert role.assigned_by == "nghe-an/ubnd-tinh"


def test_a_person_by_office_is_linked_to_the_agency():
    (role,) = read("I. A\n1. Giao Giám đốc Sở Y tế kiểm tra.\n").statement("I.1").responsibilities
    assert (role.agency, role.office, role.words) == ("nghe-an/so-y-te", "Giám đốc", "Giao")


def test_the_mention_is_where_the_offsets_say():
    plan = read("I. A\n1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ kiểm tra.\n")
    lead, partner = plan.statement("I.1").responsibilities
    assert plan.text[lead.start : lead.end] == "Sở Y tế"
    assert plan.text[partner.start : partner.end] == "Sở Nội vụ"
    assert (lead.words, partner.words) == ("chủ trì", "phối hợp với")


def test_names_in_the_title_of_a_cited_act_have_no_role():
    plan = read(
        "I. A\n1. Sở Y tế thực hiện Thông tư số 08/2005/TT-BNV ngày 05/01/2005 của Bộ Nội vụ "
        "về việc phối hợp với Bộ Công an.\n"
    )
    assert said(plan, "I.1") == "L Sở Y tế"


def test_the_columns_of_a_table_are_told_by_the_words_in_their_heads():
    plan = read(
        "I. A\nTT | Địa bàn | Tổ trưởng (chủ trì) | Thành viên phối hợp | Thời hạn\n"
        "1 | Huyện Kỳ Sơn | Phòng Quản lý công sản - Sở Tài chính | Sở Y tế; Sở Nội vụ | 15/9/2024\n"
        "2 | Các huyện còn lại | UBND các huyện | Sở Y tế | 20/9/2024\n"
        "3 | Thành phố Vinh | Sở Xây dựng, Sở Công Thương | Sở Y tế | 25/9/2024\n"
    )
    first, second, third = plan.statements
    assert said(plan, third.address) == "L Sở Xây dựng, Sở Công Thương; C Sở Y tế"
    assert said(plan, first.address) == "L Phòng Quản lý công sản - Sở Tài chính; C Sở Y tế, Sở Nội vụ"
    assert said(plan, second.address) == "L UBND các huyện; C Sở Y tế"
    assert [d.date for d in second.deadlines] == ["2024-09-20"]
