"""Surnames are found in whichever case they stand; made-up ones."""

import pytest
from sqlalchemy import update

from core.announcements.surnames import base_forms, surnames_in
from storage.models import Teacher
from tests.announcements.office import Office

CASES = {
    "Иванов": "Иванова Иванову Ивановым Иванове Ивановы Ивановых Ивановыми",
    "Иванова": "Ивановой Иванову Ивановою Ивановым Ивановых",
    "Пушкин": "Пушкина Пушкину Пушкиным Пушкине Пушкиных",
    "Птицына": "Птицыной Птицыну",
    "Петренко": "Петренко",
    "Белых": "Белых",
    "Толстой": "Толстого Толстому Толстым Толстом Толстых",
    "Толстая": "Толстой Толстую",
    "Маяковский": "Маяковского Маяковскому Маяковским Маяковском Маяковских",
    "Синий": "Синего Синему Синим Синем",
    "Мельник": "Мельника Мельнику Мельником Мельнике Мельники Мельников Мельникам Мельниках",
    "Гуревич": "Гуревича Гуревичу Гуревичем Гуревичей",
    "Коваль": "Коваля Ковалю Ковалем Ковале Ковали Ковалей",
    "Гайдай": "Гайдая Гайдаю Гайдаем Гайдае Гайдаев",
    "Сковорода": "Сковороды Сковороде Сковороду Сковородой",
    "Глинка": "Глинки Глинке Глинку Глинкой",
    "Берия": "Берии Берию Берией",
    "Королёв": "Королёва королеву Королевым",
    "Иванова-Петрова": "Ивановой-Петровой Иванову-Петрову",
}


@pytest.mark.parametrize(("surname", "forms"), CASES.items())
def test_every_case_leads_back(surname: str, forms: str) -> None:
    key = surname.lower().replace("ё", "е")
    assert {form for form in forms.split() if key not in base_forms(form)} == set()
    assert key in base_forms(surname)


async def test_only_surnames_of_people_who_work_there(either: Office) -> None:
    first, second, third = either.world.everybody[:3]
    async with either.db.write() as session:
        for teacher, surname in ((first, "Толстая"), (second, "Королёв"), (third, "Мельник")):
            await session.execute(update(Teacher).where(Teacher.id == teacher).values(surname=surname))
        await session.execute(update(Teacher).where(Teacher.id == third).values(archived_at=either.clock.now()))
    text = "Толстой и КОРОЛЕВУ: грамоты. Мельнику, Семёновой и толстой тетради: ничего. Толстой!"
    async with either.db.read() as session:
        assert await surnames_in(session, either.world.town, text) == ("Толстой", "КОРОЛЕВУ")
        assert await surnames_in(session, either.world.other_town, text) == ()
        assert await surnames_in(session, either.world.town, "ничего") == ()
