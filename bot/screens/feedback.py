"""After submission: thanks with a receipt, the picture, the words to it, and what comes next (SPEC §4)."""

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

from bot.screens.layout import CAPTION, MESSAGE, folded, one_below_another, shortened
from bot.screens.model import Button, Picture, Screen
from bot.texts import plain, text
from core.charts.model import ProfileChart, ProfileRow
from core.surveys.feedback import feedback, fill
from core.surveys.model import QuestionType, SurveyDefinition, SurveyPrivacy
from core.surveys.scoring import ScaleScore
from core.surveys.steps import Finished

WORDS = 1500
"""Longest single text of a survey's feedback."""
SUPPORTED = frozenset({"medium", "high"})
"""Bands of a deficit that become proposals for the learning route (SPEC §4)."""

_PRESSED = frozenset(
    {
        QuestionType.SELECT_ONE,
        QuestionType.SELECT_MULTIPLE,
        QuestionType.LIKERT,
        QuestionType.RANK,
        QuestionType.NOTE,
        QuestionType.CALCULATE,
    }
)
"""Kinds whose answers leave no message of the person's own in the chat."""
_RECEIPT: Mapping[SurveyPrivacy, str] = MappingProxyType(
    {
        SurveyPrivacy.NAMED: "feedback.receipt.named",
        SurveyPrivacy.CONFIDENTIAL: "feedback.receipt.confidential",
        SurveyPrivacy.ANONYMOUS: "feedback.receipt.anonymous",
    }
)


def thanks(done: Finished) -> Screen:
    """Takes the place of the survey's message: it has arrived, this is stored and this is not."""
    receipt = text(_RECEIPT[done.definition.privacy], k=done.k, scored=bool(done.definition.scales))
    if any(question.type not in _PRESSED for question in done.definition.questions):
        receipt += Markup("\n") + text("feedback.receipt.messages")
    return Screen(text("feedback.thanks", title=done.definition.title, receipt=receipt))


def result(done: Finished, picture: bytes | None) -> tuple[Screen, ...]:
    """What follows below: the picture, if there is one, and the words."""
    shots = () if picture is None else (_picture(done, picture),)
    pages = folded(_words(done), MESSAGE)
    buttons = one_below_another(Button(plain("surveys.button.list"), "surveys:list"))
    return (*shots, *(Screen(page) for page in pages[:-1]), Screen(pages[-1], buttons))


def profile(done: Finished) -> ProfileChart | None:
    """The picture's data, or None when no scale has a value.

    What is anonymous is about how somebody feels: no levels in the picture, and nobody to be compared with.
    """
    if all(score.value is None for score in done.scores):
        return None
    calm, supports = _is_calm(done.definition), _supports(done.definition)
    return ProfileChart(
        title=plain("feedback.chart.calm_title" if calm else "feedback.chart.title"),
        rows=tuple(_calm_row(score) if calm else _row(done, score) for score in done.scores),
        description=plain("feedback.chart.calm_description") if calm else "",
        average_label=plain(_average_key(done.definition)),
        low=plain("feedback.chart.low_need" if supports else "feedback.chart.low"),
        high=plain("feedback.chart.high_need" if supports else "feedback.chart.high"),
    )


def _row(done: Finished, score: ScaleScore) -> ProfileRow:
    """Whole numbers, the same as in the words below."""
    average, before = done.averages.get(score.name), done.previous.get(score.name)
    level = [] if score.band is None else [score.band.title]
    if before is not None:
        level.append(plain("feedback.chart.before", before=before))
    return ProfileRow(
        label=score.title,
        value=None if score.value is None else round(score.value),
        level="; ".join(level),
        average=None if average is None else round(average),
    )


def _calm_row(score: ScaleScore) -> ProfileRow:
    return ProfileRow(label=score.title, value=None if score.value is None else round(score.value))


def _average_key(definition: SurveyDefinition) -> str:
    """Of a confidential survey only the last closed wave is published."""
    confidential = definition.privacy is SurveyPrivacy.CONFIDENTIAL
    return "feedback.chart.average_before" if confidential else "feedback.chart.average"


def _picture(done: Finished, png: bytes) -> Screen:
    calm = _is_calm(done.definition)
    caption = text("feedback.chart.calm_caption" if calm else "feedback.chart.caption")
    alt = shortened("; ".join(_line(done, score).striptags() for score in done.scores), CAPTION)
    return Screen(caption, picture=Picture(png, f"{done.definition.code}.png", alt))


def _words(done: Finished) -> list[Markup]:
    values = {"help_contact": done.help_contact}
    said = [shortened(fill(one.text, values), WORDS) for one in feedback(done.definition, done.scores)]
    parts = [text("feedback.words", words=words) for words in said]
    if done.scores:
        parts.insert(0, Markup("\n").join(_line(done, score) for score in done.scores))
    if _supports(done.definition):
        parts.append(_next(done))
    return parts or [text("feedback.nothing")]


def _line(done: Finished, score: ScaleScore) -> Markup:
    """The scale now and, where the person has answered before, what has changed."""
    if score.value is None:
        return text("feedback.scale.nothing", title=score.title)
    band = score.band.title if score.band else None
    line = text("feedback.scale.line", title=score.title, value=score.value, band=band)
    before = done.previous.get(score.name)
    if before is None:
        return line
    same = round(before) == round(score.value)
    return line + Markup("\n") + text("feedback.scale.change", before=before, value=score.value, same=same)


def _next(done: Finished) -> Markup:
    areas = [
        {"title": score.title, "band": score.band.title}
        for score in done.scores
        if score.band is not None and score.band.code in SUPPORTED
    ]
    return text("feedback.next.areas", areas=areas) if areas else text("feedback.next.no_areas")


def _is_calm(definition: SurveyDefinition) -> bool:
    return definition.privacy is SurveyPrivacy.ANONYMOUS


def _supports(definition: SurveyDefinition) -> bool:
    """Its scales speak of deficits, so routes follow from them."""
    return any(band.code in SUPPORTED for scale in definition.scales for band in scale.bands)
