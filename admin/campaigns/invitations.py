"""When the first invitation of a campaign goes out, in words."""

from datetime import datetime

from admin.shell import formatting


def said(opens_at: datetime, first: datetime, zone: str) -> str:
    if first > opens_at:
        return f"{waiting(first, zone)}: их получат те, кто подключил бота."
    return "Приглашения сразу получат те, кто подключил бота."


def waiting(first: datetime, zone: str) -> str:
    """For a campaign that opens in quiet hours or on a no-send day."""
    return f"По правилам рассылки первые приглашения уйдут {formatting.moment(first, zone)}"
