"""What every edge needs to say numbers and dates in Russian; each edge has its own typography around it."""

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
"""In the genitive, as a date says them."""


def plural_form(number: float, one: str, few: str, many: str) -> str:
    """The word that goes with a number: 1 анкета, 2 анкеты, 5 анкет; a fraction takes «анкеты»."""
    if number != int(number):
        return few
    tens, units = abs(int(number)) % 100, abs(int(number)) % 10
    if units == 1 and tens != 11:
        return one
    return few if 2 <= units <= 4 and not 12 <= tens <= 14 else many
