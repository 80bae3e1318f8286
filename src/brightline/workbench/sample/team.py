"""Who is in the team of the demonstration: a person for every role, with one password for all."""

from __future__ import annotations

from dataclasses import dataclass

from brightline.workbench.accounts.roles import Role

PASSWORD = "brightline-demo"
MARKET = "VN"


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of the team. `slips` is the share of their answers that are wrong, `pace` the
    factor on the usual time of an answer; `shift` their hours of work, in Vietnam."""

    login: str
    name: str
    role: Role
    slips: float = 0.0
    pace: float = 1.0
    shift: tuple[int, int] = (0, 0)


TEAM = (
    Member("lan", "Nguyễn Thị Lan", Role.MODERATOR, 0.02, 1.0, (8, 17)),
    Member("minh", "Trần Quang Minh", Role.MODERATOR, 0.05, 0.8, (8, 17)),
    Member("hoa", "Lê Thu Hoa", Role.MODERATOR, 0.03, 1.2, (13, 22)),
    Member("duc", "Phạm Anh Đức", Role.MODERATOR, 0.09, 0.7, (13, 22)),
    Member("tuan", "Vũ Anh Tuấn", Role.SENIOR, 0.01, 1.1, (9, 18)),
    Member("linh", "Đỗ Thùy Linh", Role.QUALITY),
    Member("thao", "Hoàng Thanh Thảo", Role.TRAINER),
    Member("nam", "Bùi Hải Nam", Role.AUTHOR),
    Member("phuong", "Đặng Minh Phương", Role.LEGAL),
    Member("hung", "Ngô Việt Hùng", Role.LEAD),
    Member("huong", "Phan Thu Hường", Role.MANAGER),
    Member("khanh", "Dương Gia Khánh", Role.ADMIN),
)
