"""SVG → PNG in a worker process: resvg holds Python's lock while it draws, and people are pressing buttons."""

import asyncio
import hashlib
import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType

WIDTH = 1000
"""Pixels: sharp on a phone, small enough to send."""

KEPT = 128
"""Pictures in memory; one has about 40 kB."""


class Rasteriser:
    """`async with` it once in the process. The worker starts with the first picture, and anew when it dies."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._pool: ProcessPoolExecutor | None = None

    async def __aenter__(self) -> "Rasteriser":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    async def png(self, svg: str, width: int = WIDTH) -> bytes:
        """Raises ValueError for what is no SVG, BrokenProcessPool when the worker dies twice over one picture."""
        key = hashlib.sha256(f"{width}:{svg}".encode()).hexdigest()
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        try:
            picture = await self._draw(svg, width)
        except BrokenProcessPool:
            picture = await self._draw(svg, width)
        self._pictures[key] = picture
        if len(self._pictures) > self._kept:
            self._pictures.popitem(last=False)
        return picture

    async def _draw(self, svg: str, width: int) -> bytes:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_prepare)
        pool = self._pool
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, _render, svg, width)
        except BrokenProcessPool:
            if self._pool is pool:
                await self._stop()
            raise

    async def _stop(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)


def _prepare() -> None:
    """Ctrl-C is the parent's to handle; when the parent is killed, the worker must not stay behind."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _render(svg: str, width: int) -> bytes:
    # Only the worker needs the renderer and the fonts.
    import font_manrope  # noqa: PLC0415
    import resvg_py  # noqa: PLC0415

    folder = Path(font_manrope.__file__).parent / "files"
    fonts = [str(folder / f"Manrope-{weight}.ttf") for weight in ("Regular", "Medium", "SemiBold", "Bold")]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=width, font_files=fonts, skip_system_fonts=True, sans_serif_family="Manrope"
        )
    )
