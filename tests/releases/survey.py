"""A survey with a question of every kind, and made-up answers to it."""

from core.releases.model import Ballot, BallotCuts
from core.surveys.loading import parse_definition
from core.surveys.model import SurveyDefinition, Value
from core.surveys.scoring import score

TEXT = """
code: every_kind
version: "1"
title: Обо всём понемногу
purpose: Проверить, что публикуется.
privacy: confidential
respondent: teacher
minutes: 3
k: 5
source: Анкета для проверки программы.
choices:
  mood:
    - {name: good, label: Хорошо}
    - {name: usual, label: Как обычно}
    - {name: bad, label: Плохо}
  colour:
    - {name: red, label: Красный}
    - {name: green, label: Зелёный}
    - {name: blue, label: Синий}
    - {name: grey, label: Серый}
questions:
  - {type: select_one mood, appearance: likert, name: morning, label: Утром}
  - {type: select_one mood, appearance: likert, name: evening, label: Вечером}
  - {type: select_one mood, appearance: likert, name: weather, label: Погода, required: true}
  - {type: select_one colour, name: colour, label: Цвет}
  - {type: select_multiple colour, name: palette, label: Цвета}
  - {type: rank mood, name: order, label: По порядку}
  - {type: integer, name: hours, label: Часов}
  - {type: date, name: day, label: День}
  - {type: select_one mood, name: why_good, label: Почему, relevant: "${weather} = 'good'"}
  - {type: text, name: words, label: Словами}
  - {type: calculate, name: twice, calculation: "${hours} * 2"}
scales:
  - name: day_scale
    title: День
    items: [morning, evening]
    points: {good: 100, usual: 50, bad: 0}
    bands:
      - {code: low, title: низко, from: 0}
      - {code: high, title: высоко, from: 60}
"""

HOME = BallotCuts("school", "21+", "school-1")
ORDERS = ((1, 2, 3), (2, 3, 1), (3, 1, 2), (1, 3, 2))


def definition(privacy: str = "confidential") -> SurveyDefinition:
    return parse_definition(TEXT.replace("confidential", privacy), "every_kind.yaml")


def answers(number: int) -> dict[str, Value]:
    """Those of the person of that number; what they choose goes round with different periods."""
    weather = number % 3 + 1
    given: dict[str, Value] = {
        "morning": number % 3 + 1,
        "evening": number // 2 % 3 + 1,
        "weather": weather,
        "palette": (1, 2) if number % 2 else (2, 3) if number % 3 else (1,),
        "order": ORDERS[number % 4],
        "hours": number % 7,
        "day": "2026-11-25",
        "words": f"слово {number}",
        "twice": str(number % 7 * 2),
    }
    if number % 4:
        given["colour"] = number % 4
    if weather == 1:
        given["why_good"] = number // 3 % 3 + 1
    return given


def ballot(given: dict[str, Value], cuts: BallotCuts = HOME) -> Ballot:
    survey = definition()
    by_number = {survey.by_name(name).number: value for name, value in given.items()}
    scales = {one.name: one.value for one in score(survey, by_number, {}) if one.value is not None}
    return Ballot(cuts, given, scales)
