"""Russian names of groups and cuts, for pages and files alike."""

from collections.abc import Mapping
from types import MappingProxyType

from core.people.model import Experience, OrganisationKind, PositionGroup
from core.results.model import ResultCut

CUTS: Mapping[ResultCut, str] = MappingProxyType(
    {
        ResultCut.KIND: "По видам организаций",
        ResultCut.ORGANISATION: "По организациям",
        ResultCut.CLUSTER: "По организациям",
        ResultCut.POSITION_GROUP: "По группам должностей",
        ResultCut.POSITION: "По должностям",
        ResultCut.SUBJECT: "По предметам",
        ResultCut.EXPERIENCE: "По стажу",
    }
)
HEADINGS: Mapping[ResultCut, str] = MappingProxyType(
    {
        ResultCut.KIND: "Вид организаций",
        ResultCut.ORGANISATION: "Организация",
        ResultCut.CLUSTER: "Организация",
        ResultCut.POSITION_GROUP: "Группа должностей",
        ResultCut.POSITION: "Должность",
        ResultCut.SUBJECT: "Предмет",
        ResultCut.EXPERIENCE: "Стаж",
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {
        OrganisationKind.SCHOOL: "Школы",
        OrganisationKind.PRESCHOOL: "Детские сады",
        OrganisationKind.SUPPLEMENTARY: "Дополнительное образование",
        OrganisationKind.METHODICAL: "Методические службы",
    }
)
POSITION_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        PositionGroup.SUBJECT_TEACHER: "Учителя-предметники",
        PositionGroup.PRESCHOOL: "Педагоги детских садов",
        PositionGroup.SUPPLEMENTARY: "Педагоги дополнительного образования",
        PositionGroup.SPECIALIST: "Психологи, логопеды и другие специалисты",
        PositionGroup.MANAGER: "Руководители и заместители",
    }
)
EXPERIENCE: Mapping[str, str] = MappingProxyType(
    {
        Experience.UP_TO_3: "До 3 лет",
        Experience.UP_TO_10: "4–10 лет",
        Experience.UP_TO_20: "11–20 лет",
        Experience.OVER_20: "Больше 20 лет",
        Experience.UNKNOWN: "Стаж не указан",
    }
)
NO_SUBJECT = "Предмет не указан"
EVERYBODY = "Все"
NO_ANSWER = "Нет ответа"
OR = " или "
"""Between choices that were published together."""
