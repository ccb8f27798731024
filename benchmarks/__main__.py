"""`make bench`: ratios out of one run, so that they mean the same on a slow machine and on a quick one."""

import asyncio
import logging

import structlog
from rich.console import Console
from rich.table import Table

from benchmarks import broadcast, conversation, doubles, expressions, registry, storing


async def _measure() -> Table:
    table = Table("что", "быстрота", "отношение", title="Чем больше отношение, тем лучше")
    for module in (expressions, storing, conversation, broadcast, doubles, registry):
        for row in await module.measure():
            table.add_row(row.what, row.speed, f"{row.ratio:.2f}")
    return table


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    Console().print(asyncio.run(_measure()))


if __name__ == "__main__":
    main()
