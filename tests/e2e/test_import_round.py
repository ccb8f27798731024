"""Issue 4, "Must be shown": 20 schools and 2,000 people as they were sent go in, come out, go in again unchanged.

Through the pages of the running program. The undoing brings the registry back to the last byte.
"""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from playground.workbooks import Layout, sample
from playground.workbooks.words import words as spellings
from storage.models import Base, Organisation, Position, Subject, Teacher
from storage.searching import searchable
from tests.admin.browser import Browser, words
from tests.e2e.program import Program, running, until
from tests.e2e.test_first_way import sign_in

pytestmark = pytest.mark.processes

SCHOOLS, PEOPLE, SEED = 20, 2000, 4
OF_REGISTRY = (
    *("organisations", "positions", "subjects", "associations", "association_members", "programmes"),
    *("teachers", "teacher_subjects", "teacher_moves", "accounts", "grants"),
    *("training_records", "awards", "expert_work", "mentor_bank", "diagnoses"),
)
"""All that an import could touch."""

Names = dict[str, dict[str, int]]
"""Kind of name → searchable name → id."""


async def test_a_messy_workbook_goes_in_comes_out_and_goes_in_again(tmp_path: Path) -> None:
    async with running(tmp_path) as program, sign_in(program) as methodist:
        made = sample(Layout.MESSY, SCHOOLS, PEOPLE, SEED)
        await add_missing_schools(program, {one["organisation"] for one in made.truth})
        before, staff = await registry(program), await people(program)

        place = await upload(methodist, made.file_name, made.content)
        await explain(methodist, program, place)
        assert "Ошибок нет" in words(await methodist.get(place))
        await methodist.post(f"{place}/apply")
        assert "Загружено" in words(await card(methodist, place))
        assert await people(program) == staff + PEOPLE

        for layout in ("list", "sheets"):
            file = await methodist.get("/imports/export.xlsx", params={"layout": layout})
            assert file.status_code == 200, words(file)
            again = await upload(methodist, "реестр.xlsx", file.content)
            told = words(await methodist.get(again)).replace("\xa0", " ")
            assert f"Останутся как есть {staff + PEOPLE}" in told
            assert "Всё, что есть в файле, уже внесено" in told
            await methodist.post(f"{again}/discard")

        undone = await methodist.post(f"{place}/undo")
        assert "в реестре всё так, как было до неё" in words(await methodist.follow(undone))
        assert await registry(program) == before


async def upload(methodist: Browser, name: str, content: bytes) -> str:
    """Address of the import, which has been read."""
    page = await methodist.get("/imports")
    form = re.search(r'name="form_id" value="([^"]*)"', page.text)
    assert form is not None, words(page)
    sent = {"form_id": unescape(form[1]), "kind": "staff"}
    answer = await methodist.post("/imports/upload", sent, files={"file": (name, content)})
    assert answer.status_code == 303, words(answer)
    place: str = answer.headers["location"]
    await card(methodist, place)
    return place


async def card(methodist: Browser, place: str) -> Any:
    """The import's page as soon as nothing is going on any more."""

    async def quiet() -> bool:
        return "data-stream" not in (await methodist.get(place)).text

    await until(quiet, "the file is read or loaded")
    return await methodist.get(place)


async def explain(methodist: Browser, program: Program, place: str) -> None:
    """By hand, page by page: what the shorthand of schools means."""
    meant = await meanings(program)
    while unknown := await unknown_names(methodist, place):
        fields: dict[str, str] = {}
        for number, (kind, name) in enumerate(unknown):
            fields |= {f"kind.{number}": kind, f"name.{number}": name}
            fields[f"choice.{number}"] = str(meant[kind][searchable(name)])
        await methodist.post(f"{place}/names", fields)
        assert "Не прочитано" not in words(await card(methodist, place))


async def unknown_names(methodist: Browser, place: str) -> list[tuple[str, str]]:
    """Kind and name, as the first page shows them; what was remembered stands below and is left alone."""
    page = (await methodist.get(f"{place}/names")).text
    found = re.findall(r'name="kind\.\d+" value="([^"]*)"><input type="hidden" name="name\.\d+" value="([^"]*)"', page)
    return [(kind, unescape(name)) for kind, name in found]


async def meanings(program: Program) -> Names:
    """What a methodist would know: how the made-up schools spell what the registry has."""
    async with program.db.read() as session:
        organisations = (await session.execute(select(Organisation.name, Organisation.id))).all()
        positions = (await session.execute(select(Position.title, Position.id))).all()
        subjects = (await session.execute(select(Subject.title, Subject.id))).all()
    known: Names = {"organisation": {}, "position": {}, "subject": {}}
    for kind, rows in (("organisation", organisations), ("position", positions), ("subject", subjects)):
        for title, id_ in rows:
            known[kind][searchable(title)] = id_
            for spelling in spellings().get(f"{kind}s", {}).get(title, ()):
                known[kind][searchable(spelling)] = id_
    return known


async def add_missing_schools(program: Program, names: set[str]) -> None:
    """The profile has fewer organisations than the workbook."""
    async with program.db.write() as session:
        known = set(await session.scalars(select(Organisation.name)))
        town = await session.scalar(select(Organisation.municipality_id).limit(1))
        session.add_all(
            Organisation(municipality_id=town, code=f"new-{number}", name=name, short_name=name[:120], kind="school")
            for number, name in enumerate(sorted(names - known))
        )


async def people(program: Program) -> int:
    async with program.db.read() as session:
        return await session.scalar(select(func.count()).select_from(Teacher)) or 0


async def registry(program: Program) -> dict[str, list[str]]:
    """Every value of every row."""
    tables = Base.metadata.tables
    async with program.db.read() as session:
        return {
            name: sorted(repr(tuple(row)) for row in await session.execute(select(tables[name])))
            for name in OF_REGISTRY
        }
