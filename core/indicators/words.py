"""Russian names of the groups that values are broken down by."""

from core.people.model import Experience, OrganisationKind

KINDS = {
    OrganisationKind.SCHOOL: "Школы",
    OrganisationKind.PRESCHOOL: "Детские сады",
    OrganisationKind.SUPPLEMENTARY: "Дополнительное образование",
    OrganisationKind.METHODICAL: "Методические службы",
}

EXPERIENCE = {
    Experience.UP_TO_3: "До 3 лет работы",
    Experience.UP_TO_10: "От 4 до 10 лет",
    Experience.UP_TO_20: "От 11 до 20 лет",
    Experience.OVER_20: "Больше 20 лет",
    Experience.UNKNOWN: "Стаж не указан",
}

BREAKDOWNS = {
    "subject": "По предметам",
    "organisation": "По организациям",
    "position": "По должностям",
    "kind": "По видам организаций",
    "experience": "По стажу",
    "cluster": "По организациям",
    "wave": "По волнам",
}
