"""What stands on one page: a question, or all lines of a table."""

from core.surveys.model import Question, SurveyDefinition
from core.surveys.situation import Situation

Stop = tuple[Question, ...]


def stops(definition: SurveyDefinition, situation: Situation) -> list[Stop]:
    """Everything that is shown in this situation, in order."""
    found: list[Stop] = []
    for question in definition.questions:
        if not question.is_step or not situation.is_relevant(question.name):
            continue
        if found and _in_one_table(definition, found[-1][-1], question):
            found[-1] = (*found[-1], question)
        else:
            found.append((question,))
    return found


def stop_at(found: list[Stop], number: int | None) -> Stop | None:
    """The one with this question; None when it is not shown any more."""
    return next((stop for stop in found if any(one.number == number for one in stop)), None)


def stop_after(found: list[Stop], number: int | None) -> Stop | None:
    """The first one wholly behind this question, the very first one after None."""
    return next((stop for stop in found if stop[0].number > (number or 0)), None)


def stop_before(found: list[Stop], number: int | None) -> Stop | None:
    """The last one wholly before this question; the very last one before None."""
    ahead = [stop for stop in found if number is None or stop[-1].number < number]
    return ahead[-1] if ahead else None


def is_table(definition: SurveyDefinition, stop: Stop) -> bool:
    return all(_in_one_table(definition, stop[0], one) for one in stop)


def _in_one_table(definition: SurveyDefinition, one: Question, other: Question) -> bool:
    if one.section is None or one.section != other.section or not definition.section(one.section).matrix:
        return False
    return one.list_name == other.list_name
