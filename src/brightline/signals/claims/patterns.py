"""How claims are put in Vietnamese: a verb, up to a few words, and what it is done to.

Patterns are matched against the normal form of a text (`signals.text.normal`): small letters, one
space, tone placed the new way. `_` in a pattern stands for up to three words within one sentence.
"""

from __future__ import annotations

import re

from brightline.signals.text import normal

CURE, GUARANTEE, ABSOLUTE, ENDORSEMENT = "cure", "guarantee", "absolute", "endorsement"
BEFORE_AFTER, RAPID, REPLACES, TESTIMONY = "before_after", "rapid", "replaces_medicine", "testimony"
PLEDGE = "pledge"

_DISEASES = (
    "ung thư|tiểu đường|đái tháo đường|huyết áp|cao huyết áp|tim mạch|đột quỵ|gút|gout|xương khớp|"
    "viêm khớp|thoái hóa|thoát vị|dạ dày|trào ngược|đại tràng|trĩ|gan|viêm gan|xơ gan|sỏi thận|yếu thận|"
    "suy thận|mất ngủ|trầm cảm|viêm xoang|hen suyễn|viêm họng|viêm phổi|mỡ máu|mỡ trong máu|"
    "vô sinh|hiếm muộn|yếu sinh lý|tuyến tiền liệt|u xơ|u nang|nám|tàn nhang|mụn|sẹo|vảy nến|chàm|"
    "viêm da|hắc lào|nấm|rụng tóc|hói|cận thị|đục thủy tinh thể|covid|cúm|bệnh|bách bệnh|đau lưng|"
    "đau khớp|tê bì|suy giãn tĩnh mạch|béo phì|gù|biếng ăn|táo bón|tiêu chảy"
)
_HEALERS = (
    "bác sĩ|bs|dược sĩ|giáo sư|tiến sĩ|chuyên gia|bệnh viện|thầy thuốc|y sĩ|bộ y tế|viện|"
    "nha sĩ|lương y|phòng khám"
)

_SOURCES: dict[str, tuple[str, ...]] = {
    CURE: (
        rf"(?:trị|chữa|điều trị|đặc trị|chữa trị|chuyên trị|tiêu diệt|đẩy lùi|xóa sạch|đánh bay|dứt)_(?:{_DISEASES})",
        rf"(?:khỏi|dứt điểm|dứt hẳn|khỏi hẳn|hết hẳn|tan biến)(?: hẳn| sạch| ngay| luôn)?_(?:{_DISEASES})",
        rf"(?:hết)(?! sức| lòng| mình| hàng| hạn)(?: hẳn| sạch| ngay| luôn)?_(?:{_DISEASES})",
        r"(?:trị|chữa|điều trị)(?: \w+)? (?:dứt điểm|tận gốc|triệt để|khỏi hẳn)",
        r"(?:uống|dùng|bôi|thoa|xịt)(?: \w+)? (?:là|thì) (?:khỏi|hết|lành)",
        r"(?:khỏi bệnh|hết bệnh|chữa bách bệnh|thần dược|thuốc tiên|tiêu khối u)",
        r"không (?:cần|phải) (?:mổ|phẫu thuật|uống thuốc|đi viện|tới bệnh viện)",
        r"(?:bệnh viện|bác sĩ)(?: \w+){0,2} (?:trả về|bó tay|chê)",
    ),
    GUARANTEE: (
        r"(?:bao)(?! giờ| bì)_(?:khỏi|dứt điểm|hiệu quả)",
        r"(?:cam kết|đảm bảo|bảo đảm)_(?:khỏi|dứt điểm|hiệu quả|giảm|trắng da|trắng|mọc tóc|tăng cân|tăng chiều cao|sau \d+)",
        r"không (?:hiệu quả|khỏi|hết)_(?:hoàn tiền|trả tiền|đền)",
        r"(?:hiệu quả) (?:100%|100 %|tuyệt đối|ngay lập tức)",
        r"(?:100%|100 %) (?:khỏi|hiệu quả|hết|thành công)",
    ),
    PLEDGE: (r"(?:cam kết|đảm bảo|bảo đảm)_(?:100%|100 %)",),
    ABSOLUTE: (
        r"(?:số|top) ?1 (?:việt nam|thế giới|thị trường|châu á|hiện nay|toàn quốc)",
        r"(?:tốt|rẻ|mạnh|hiệu quả|an toàn|uy tín) (?:nhất) (?:việt nam|thế giới|thị trường|hiện nay|toàn quốc|vũ trụ)",
        r"(?:duy nhất) (?:tại|ở|trên) (?:việt nam|thị trường|thế giới)",
        r"không (?:nơi|đâu|chỗ) nào (?:rẻ|tốt) (?:hơn|bằng)",
        r"(?:tuyệt đối|hoàn toàn) (?:an toàn|không tác dụng phụ|vô hại)",
        r"không (?:có )?(?:bất kỳ )?(?:tác dụng phụ)", r"(?:an toàn tuyệt đối)",
    ),
    ENDORSEMENT: (
        rf"(?:{_HEALERS})_(?:khuyên dùng|khuyên|khuyến cáo dùng|khuyến nghị|giới thiệu|tin dùng|kê|công nhận|chứng nhận|kiểm chứng)",
        rf"(?:được|do) (?:các )?(?:{_HEALERS})_(?:khuyên|tin dùng|giới thiệu|bào chế|nghiên cứu|công nhận|chứng nhận)",
        r"(?:ca sĩ|diễn viên|hoa hậu|mc|nghệ sĩ)_(?:tin dùng|khuyên dùng|giới thiệu)",
    ),
    BEFORE_AFTER: (
        r"(?:trước) ?(?:và|-|/|&) ?(?:sau khi) (?:dùng|sử dụng|uống|bôi)",
        r"(?:hình|ảnh|kết quả) (?:trước) ?(?:và|-|/|&) ?sau",
        r"(?:before) ?(?:and|&|/|-) ?after",
    ),
    RAPID: (
        r"(?:giảm|tăng|bay|hạ)_\d+(?:[.,]\d+)? ?(?:kg|ký|kí|cân|cm|phân)_(?:trong|sau|chỉ|mỗi|/)_\d+ ?(?:ngày|tuần|đêm|giờ|tháng)",
        r"(?:trắng|sáng|hết|giảm|mọc|tan)_(?:sau|trong|chỉ)_\d+ ?(?:ngày|đêm|giờ|phút|lần|tuần)",
        r"(?:cấp tốc)", r"(?:giảm|trắng|tăng|mọc)_(?:siêu tốc|thần tốc)",
        r"(?:qua|sau|trong) (?:một đêm|1 đêm)",
    ),
    REPLACES: (
        r"(?:thay thế|thay cho|thay)_(?:thuốc|insulin|thuốc tây|phẫu thuật)",
        r"(?:bỏ|ngưng|dừng|không cần)(?: hẳn| luôn)? (?:thuốc|insulin|thuốc tây|uống thuốc)",
    ),
    TESTIMONY: (
        r"(?:khách|chị|anh|cô|chú|bệnh nhân|mẹ em|ba em)_(?:khỏi hẳn|hết hẳn|khỏi bệnh|hết bệnh)",
    ),
}  # fmt: skip
KINDS = tuple(_SOURCES)


def _compiled(source: str) -> re.Pattern[str]:
    between = r"(?:[ ,]+[^\s.!?;\n]+){0,3}?[ ,]+"
    pattern = normal(source) if source.isalpha() else source
    return re.compile(rf"(?<!\w)(?:{pattern.replace('_', between)})(?!\w)")


def _settled(source: str) -> str:
    """Words of a pattern in the normal form, its signs left alone."""
    return re.sub(r"[^\W\d_]+", lambda word: normal(word[0]), source)


PATTERNS = {
    kind: tuple(_compiled(_settled(s)) for s in sources) for kind, sources in _SOURCES.items()
}
DENIAL = re.compile(
    _settled(
        r"(?:không phải|không có tác dụng|không thay|không nhằm|không dùng để|không thể|chưa thể|"
        r"đừng tin|không tin|không có|không hứa|không cam kết|không giúp|chớ tin|nếu ai nói|"
        r"tin đồn|lừa đảo|cảnh báo|không quảng cáo|không được)(?: [^\s.!?;]+){0,4}$|(?<!\w)(?:không|chưa|chẳng|hỗ trợ|phòng ngừa và)$"
    )
)
"""What stands before a claim that is denied or warned of."""
_NEEDED = re.compile(r"\(\?:([^()?\\{]+)\)(?![?{])")


def _needs(source: str) -> tuple[tuple[str, ...], ...]:
    """Of each list of words in a pattern, one must stand in a text for the pattern to match."""
    return tuple(tuple(group.split("|")) for group in _NEEDED.findall(_settled(source)))


NEEDS = {kind: tuple(map(_needs, sources)) for kind, sources in _SOURCES.items()}
"""For each pattern of `PATTERNS`, what a text must hold: looked for first, as it costs little."""
