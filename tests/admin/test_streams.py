"""An error while a stream goes on: it ends, the log has a number, the reader gets no traceback."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from admin.campaigns import figures
from tests.admin.conftest import SignIn
from tests.admin.test_campaigns import make
from tests.admin.world import World


async def test_a_broken_stream_ends_quietly(sign_in: SignIn, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = await sign_in(world.methodist)
    place = await make(browser)
    await browser.post(f"{place}/open")

    def broken(*_: Any) -> None:
        raise RuntimeError("тайное")

    monkeypatch.setattr(figures.Figures, "html", broken)
    with capture_logs() as lines:
        answer = await browser.get(f"{place}/figures")
    assert answer.status_code == 200
    assert "тайное" not in answer.text
    assert "Traceback" not in answer.text
    (line,) = [one for one in lines if one["event"] == "admin.stream_broke"]
    assert len(line["number"]) == 8
    assert line["path"] == "/campaigns/{campaign_id}/figures"
