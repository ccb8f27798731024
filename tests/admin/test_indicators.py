"""Values, their absence, and whose values one may see."""

import pytest
from sqlalchemy import update

from storage.models import Campaign, Participation, ReleaseCell, Target
from storage.session import Database
from tests.admin.browser import Browser, words
from tests.admin.conftest import SignIn
from tests.admin.test_campaigns import make
from tests.admin.world import World


@pytest.fixture
async def methodist(sign_in: SignIn, world: World) -> Browser:
    return await sign_in(world.methodist)


async def opened(browser: Browser, survey: str) -> int:
    place = await make(browser, survey, form_id=survey, help_contact="Служба поддержки")
    await browser.post(f"{place}/open")
    return int(place.rsplit("/", 1)[1])


async def tile(browser: Browser, path: str, name: str) -> str:
    """What stands in the tile of that name."""
    text = (await browser.get(path)).text
    return " ".join(text.split(f"<dt>{name}</dt><dd>")[1].split("</dd>")[0].replace("\u00a0", " ").split())


async def test_no_data_and_nought_are_told_apart(methodist: Browser) -> None:
    assert (await tile(methodist, "/indicators/B1", "2026 год")).startswith("нет данных")
    await opened(methodist, "burnout")
    shown = await tile(methodist, "/indicators/B1", "2026 год")
    assert shown.startswith("0 %")
    assert "0 из 12" in shown
    assert (await tile(methodist, "/indicators/B1", "Предыдущий период")).startswith("нет данных")


async def test_a_value_stands_with_its_people_target_and_date(
    methodist: Browser, world: World, sqlite_db: Database
) -> None:
    campaign = await opened(methodist, "burnout")
    async with sqlite_db.write() as session:
        await session.execute(
            update(Participation)
            .where(Participation.campaign_id == campaign, Participation.teacher_id.in_(world.teachers[:3]))
            .values(state="submitted")
        )
        session.add(
            Target(
                municipality_id=world.town,
                indicator="B1",
                year=2026,
                comparison="at_least",
                value=20,
                unit="percent",
                source="приказ № 1",
            )
        )
    page = words(await methodist.get("/indicators/B1")).replace("\u00a0", " ")
    for said in ("25 %", "3 из 12", "не меньше 20 % за 2026 год", "достигнута", "23 ноября 2026", "приказ № 1"):
        assert said in page


async def test_an_empty_and_a_withheld_figure_look_the_same(
    methodist: Browser, world: World, sqlite_db: Database
) -> None:
    campaign = await opened(methodist, "burnout")
    before = words(await methodist.get("/indicators/B2"))
    await methodist.post(f"/campaigns/{campaign}/close")
    async with sqlite_db.write() as session:
        await session.execute(update(Campaign).where(Campaign.id == campaign).values(state="closed"))
        figure = {"cut": "municipality", "group": "all", "measure": "scale:work_scale", "n": 10, "value": 42.5}
        session.add(ReleaseCell(campaign_id=campaign, **figure))
    page = (await methodist.get("/indicators/B2")).text.replace("\u00a0", " ")
    assert "42,5" not in before
    assert "42,5" in page
    assert "нет данных" not in page.split('id="parts"')[1].split("</table>")[0]


async def test_a_coordinator_sees_own_values_beside_the_municipalitys(
    sign_in: SignIn, world: World, methodist: Browser
) -> None:
    await opened(methodist, "burnout")
    coordinator = await sign_in(world.coordinator)
    assert "0 из 6" in await tile(coordinator, "/indicators/B1", "2026 год")
    assert "0 из 12" in await tile(coordinator, "/indicators/B1", "По муниципалитету")
    assert "Детский сад" not in words(await coordinator.get("/indicators"))


@pytest.mark.parametrize(
    "path", ["/indicators", "/indicators/D1", "/indicators/B1/chart.svg", "/indicators/B1/chart.png"]
)
async def test_values_of_another_organisation_are_out_of_reach(
    sign_in: SignIn, world: World, methodist: Browser, path: str
) -> None:
    await opened(methodist, "burnout")
    coordinator = await sign_in(world.coordinator)
    assert (await coordinator.get(f"{path}?organisation={world.kindergarten}")).status_code == 404
    assert (await methodist.get(f"{path}?organisation={world.kindergarten + 2}")).status_code == 404
    assert (await methodist.get(f"{path}?organisation=x")).status_code == 404


async def test_one_organisation_can_be_chosen(methodist: Browser, world: World) -> None:
    await opened(methodist, "burnout")
    page = await methodist.get(f"/indicators?organisation={world.kindergarten}")
    assert "Детский сад № 2 town, 2026 год" in words(page)
    assert f'href="/indicators/B1?organisation={world.kindergarten}"' in page.text
    assert (await methodist.get("/indicators?organisation=")).status_code == 200


async def test_earlier_periods_can_be_looked_at(methodist: Browser) -> None:
    page = await methodist.get("/indicators/D1")
    assert 'href="/indicators/D1?day=2025-12-31"' in page.text
    assert "Позже" not in words(page)
    earlier = await methodist.get("/indicators/D1?day=2025-12-31")
    assert "2025 год" in words(earlier)
    assert 'href="/indicators/D1?day=2026-01-01"' in earlier.text


async def test_the_chart_comes_as_a_picture(methodist: Browser) -> None:
    assert (await methodist.get("/indicators/B1/chart.svg")).status_code == 404
    await opened(methodist, "burnout")
    drawn = await methodist.get("/indicators/B1/chart.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.text.startswith("<svg")
    assert "<svg" in (await methodist.get("/indicators/B1")).text
