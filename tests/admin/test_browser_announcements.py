"""An announcement in a real browser, on a phone and on a PC: from the toolbar to the recall."""

import struct
import zlib

from sqlalchemy import update

from core.announcements.model import EDIT, RECALL
from storage.models import Delivery
from storage.session import Database
from tests.admin.test_announcements import arrive, joined
from tests.admin.test_announcements_fields import PDF
from tests.admin.test_browser import Watch, address, enter, playwright, watch
from tests.admin.test_browser import pytestmark as needs_browser
from tests.admin.world import World
from tests.clocks import SetClock

pytestmark = needs_browser
__all__ = ["address", "joined", "watch"]


def picture() -> bytes:
    """A PNG of forty by thirty points, all of one colour."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress((b"\x00" + b"\x17\x60\x7a" * 40) * 30)),
        (b"IEND", b""),
    )
    told = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


async def mark(watch: Watch, words: str, tool: str) -> None:
    """Selects these words and presses a button of the toolbar."""
    text = watch.page.get_by_label("Текст", exact=True)
    await text.evaluate(
        "(box, words) => { const at = box.value.indexOf(words); box.setSelectionRange(at, at + words.length); }", words
    )
    await watch.page.get_by_role("button", name=tool, exact=True).click()


async def test_written_sent_watched_corrected_recalled(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, joined: World
) -> None:
    await enter(watch, address, sqlite_db, clock, joined.methodist)
    await watch.page.goto(f"{address}/announcements")
    await watch.check()
    await watch.page.get_by_role("link", name="Новое объявление").click()
    await watch.check()
    await compose(watch)
    await watch.check()
    await send(watch)
    await figures_move(watch, sqlite_db)
    await correct(watch, sqlite_db)
    await recall(watch, sqlite_db)


async def compose(watch: Watch) -> None:
    page = watch.page
    text, shown = page.get_by_label("Текст", exact=True), page.get_by_label("Так это увидят в чате")
    await page.get_by_label("Рубрика").select_option("courses")
    await text.fill("Набор на курсы открыт\nПодробности в программе")
    await mark(watch, "курсы", "Жирный")
    await playwright.expect(shown.locator("b")).to_have_text("курсы")
    await mark(watch, "Подробности", "Цитата")
    await playwright.expect(shown.locator("blockquote")).to_contain_text("Подробности")
    await mark(watch, "программе", "Ссылка")
    await page.keyboard.type("example.org/plan")
    await playwright.expect(shown.locator("a")).to_have_attribute("href", "https://example.org/plan")
    await mark(watch, "курсы", "Жирный")
    await playwright.expect(shown.locator("b")).to_have_count(0)
    await text.press("Control+i")
    await playwright.expect(shown.locator("i")).to_have_text("курсы")
    await playwright.expect(page.locator("#text-count")).to_contain_text("из 4096")
    await page.get_by_label("Файл", exact=True).set_input_files(
        {"name": "афиша.png", "mimeType": "image/png", "buffer": picture()}
    )
    await playwright.expect(shown.get_by_role("img")).to_be_visible()
    await playwright.expect(page.locator("#text-count")).to_contain_text("из 1024")
    await page.get_by_text("«Ознакомлен(а)»").check()
    await page.get_by_label("Надпись кнопки 1").fill("На сайт")
    await page.get_by_label("Адрес кнопки 1").fill("https://example.org")
    await playwright.expect(shown.get_by_role("listitem")).to_have_text(["На сайт", "✓ Ознакомлен(а)🔕"])
    await page.get_by_text("Школы", exact=True).check()
    await playwright.expect(page.locator("[data-count-line]")).to_contain_text("подходит 6")


async def send(watch: Watch) -> None:
    page = watch.page
    await page.get_by_role("button", name="Сохранить и перейти к отправке").click()
    await playwright.expect(page.locator("main")).to_contain_text("Получат 6")
    await watch.check()
    await page.get_by_role("button", name="Отправить", exact=True).click()
    await playwright.expect(page.get_by_role("status").first).to_contain_text("Рассылка началась")
    await watch.check()


async def figures_move(watch: Watch, db: Database) -> None:
    tile = watch.page.locator(".tile", has_text="Доставлено")
    await playwright.expect(tile).to_contain_text("0 из 6")
    async with db.write() as session:
        await session.execute(update(Delivery).where(Delivery.id == 1).values(state="unreachable", reason="blocked"))
    await playwright.expect(watch.page.locator("main")).to_contain_text("остановил(а) бота", timeout=15_000)
    await arrive(db)
    await playwright.expect(tile).to_contain_text("5 из 6", timeout=15_000)
    await watch.check()
    await watch.page.get_by_role("link", name="Кому не дошло").click()
    await watch.check()
    await watch.page.go_back()


async def correct(watch: Watch, db: Database) -> None:
    page = watch.page
    await page.get_by_role("link", name="Исправить").click()
    await watch.check()
    await page.get_by_label("Текст", exact=True).fill("Набор на курсы продлён")
    await playwright.expect(page.get_by_label("Так это увидят в чате")).to_contain_text("продлён")
    await page.get_by_role("button", name="Исправить у всех").click()
    await playwright.expect(page.locator("main")).to_contain_text("Исправлено в чатах: 0 из 5")
    await done(db, EDIT)
    await playwright.expect(page.locator("main")).to_contain_text("Исправлено в чатах: 5 из 5", timeout=15_000)
    await watch.check()


async def recall(watch: Watch, db: Database) -> None:
    page = watch.page
    await page.get_by_role("link", name="Отозвать").click()
    await watch.check()
    await page.get_by_role("button", name="Отозвать").click()
    await playwright.expect(page.locator("main")).to_contain_text("Убрано из чатов: 0 из 5")
    await done(db, RECALL)
    await playwright.expect(page.locator("main")).to_contain_text("Убрано из чатов: 5 из 5", timeout=15_000)
    await playwright.expect(page.locator("main")).to_contain_text("Отозвано")
    await watch.check()


async def done(db: Database, kind: str) -> None:
    async with db.write() as session:
        await session.execute(update(Delivery).where(Delivery.kind == kind).values(state="sent"))


async def test_what_was_wrong_is_named_and_kept(
    watch: Watch, address: str, sqlite_db: Database, clock: SetClock, joined: World
) -> None:
    page = watch.page
    await enter(watch, address, sqlite_db, clock, joined.methodist)
    await page.goto(f"{address}/announcements/new")
    await page.get_by_label("Текст", exact=True).fill("**Не закрыто")
    await playwright.expect(page.get_by_text("Оформление не сошлось").first).to_be_visible()
    await page.get_by_label("Файл", exact=True).set_input_files(
        {"name": "приказ.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    await page.get_by_role("button", name="Ещё одна кнопка").click()
    await page.get_by_label("Надпись кнопки 2").fill("Куда")
    await page.get_by_text("Повторять", exact=True).click()
    await page.get_by_text("Повторять это объявление").check()
    await page.get_by_role("button", name="Сохранить черновик").click()
    await playwright.expect(page.get_by_text("Выберите рубрику")).to_be_visible()
    await playwright.expect(page.get_by_label("Рубрика")).to_be_focused()
    await playwright.expect(page.get_by_label("Надпись кнопки 2")).to_have_value("Куда")
    await playwright.expect(page.get_by_text("его нужно выбрать ещё раз")).to_be_visible()
    watch.complaints.clear()  # the browser reports the 422 of the refused form
    await watch.check()
