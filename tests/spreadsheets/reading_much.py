"""Run as a program: reads 100,000 rows of 16 columns through the stream, and says what it has taken of memory."""

import asyncio
import io
import json
import resource
import sys
from datetime import date
from pathlib import Path

import xlsxwriter

from core.spreadsheets.streaming import ChildLimits, stream
from tests.spreadsheets import jobs

ROWS, COLUMNS = 100_000, 16


def workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("Педагоги")
        for number in range(ROWS):
            sheet.write_row(number, 0, _cells(number))
    return target.getvalue()


def _cells(number: int) -> list[object]:
    name = [number, f"Школа № {number % 20}", f"Примерова {number} Анна Ивановна", date(1970 + number % 30, 1, 1)]
    work = ["учитель", "математика, физика", 1.5, "высшее", number % 40, number % 40, "высшая", date(2021, 3, 12)]
    return [*name, *work, f"Курс {number}, институт, 72 ч., 12.03.2023\nЕщё один курс, 36 ч., 2024", "", "Грамота", "—"]


async def main(file: Path) -> None:
    content = await asyncio.to_thread(file.read_bytes)
    before = peak()
    rows = 0
    async for _ in stream(jobs.rows, content, {"file_name": file.name}, ChildLimits()):
        rows += 1
    child = resource.getrusage(resource.RUSAGE_CHILDREN)
    json.dump(
        {"rows": rows, "grown": peak() - before, "child": child.ru_maxrss * 1024, "cpu": child.ru_utime}, sys.stdout
    )


def peak() -> int:
    """Bytes that this process has ever held at once (VmHWM)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
