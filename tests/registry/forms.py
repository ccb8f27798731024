"""What the form of each kind of record sends when it is filled in soundly."""

from core.registry import kinds
from core.registry.model import Kind
from tests.registry.folk import Folk

Form = dict[str, str | list[str]]


def filled(folk: Folk, kind: Kind) -> Form:
    """Another form each time it is changed in place."""
    return {name: list(value) if isinstance(value, list) else value for name, value in _forms(folk)[kind.code].items()}


def _forms(folk: Folk) -> dict[str, Form]:
    teacher = {"teacher_id": str(folk.first)}
    course: Form = {"kind": "advanced", "hours": "36", "provider": "Вымышленный институт", "ict": "yes"}
    return {
        kinds.TEACHERS.code: {
            "surname": "Ёлкина",
            "given_name": "Выдумка",
            "organisation_id": str(folk.school),
            "position_id": str(folk.position),
            "workload": "1,5",
            "birth_year": "1990",
            "first_work_year": "2012",
            "category": "first",
            "category_date": "2022-03-01",
        },
        kinds.ORGANISATIONS.code: {"name": "Новая школа", "short_name": "Новая", "kind": "school", "rural": "yes"},
        kinds.ASSOCIATIONS.code: {"name": "РМО физиков"},
        kinds.POSITIONS.code: {"title": "учитель пения", "group": "subject_teacher"},
        kinds.SUBJECTS.code: {"title": "пение"},
        kinds.TRAINING.code: {**teacher, **course, "programme": "О пробах", "finished_on": "01.03.2026"},
        kinds.AWARDS.code: {**teacher, "title": "Грамота", "level": "regional", "given_on": ""},
        kinds.EXPERT_WORK.code: {**teacher, "title": "Жюри", "level": "municipal", "done_on": "2026-02-03"},
        kinds.MENTOR_BANK.code: {**teacher, "year": "2026", "state": "confirmed"},
        kinds.PROGRAMMES.code: {
            **course,
            "title": "О пробах",
            "form": "mixed",
            "areas": ["ict_area", "subject_area"],
        },
    }
