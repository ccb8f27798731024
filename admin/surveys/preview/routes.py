"""The walk as a page: the same for a draft and for a published version."""

from fastapi import Request
from fastapi.responses import Response

from admin.auth import Viewer
from admin.services import Services
from admin.shell.page import page
from admin.shell.words import PRIVACY
from admin.surveys.outline import outline
from admin.surveys.preview import ending, view, walking, who
from admin.surveys.preview.trial import Stage, Trial, read
from admin.surveys.preview.walking import Outcome
from core.surveys.model import SurveyDefinition


def begin(request: Request, services: Services, viewer: Viewer, definition: SurveyDefinition, back: str) -> Response:
    """The first page; `back` is the address of the draft or of the survey's card."""
    return _page(request, viewer, Outcome(_fresh(services, viewer, definition)), back)


async def go_on(
    request: Request, services: Services, viewer: Viewer, definition: SurveyDefinition, back: str
) -> Response:
    form = await request.form()
    trial = read(form, _fresh(services, viewer, definition), who.known(definition))
    outcome = walking.pressed(trial, str(form.get("press", "")), form)
    return _page(request, viewer, outcome, back, status=422 if outcome.errors or outcome.unfinished else 200)


def _fresh(services: Services, viewer: Viewer, definition: SurveyDefinition) -> Trial:
    return Trial(definition, who.beginning(definition, services.clock.now(), viewer.municipality.timezone))


def _page(request: Request, viewer: Viewer, outcome: Outcome, back: str, *, status: int = 200) -> Response:
    trial = outcome.trial
    hidden = trial.hidden()
    if trial.stage is Stage.WHO:
        hidden = {name: value for name, value in hidden.items() if not name.startswith("fact.")}
    return page(
        request,
        "surveys/preview.html",
        viewer,
        status=status,
        definition=trial.definition,
        back=back,
        stage=str(trial.stage),
        hidden=hidden,
        from_summary=trial.from_summary,
        who=who.questions(trial.definition, trial.facts),
        chosen=who.said(trial.definition, trial.facts),
        question=view.question_page(outcome) if trial.stage is Stage.QUESTION else None,
        entries=view.summary(trial) if trial.stage is Stage.SUMMARY else [],
        unfinished=outcome.unfinished,
        ending=ending.ending(trial, viewer.municipality.settings) if trial.stage is Stage.END else None,
        lines=outline(trial.definition, walking.situation_of(trial)),
        at=trial.at if trial.stage is Stage.QUESTION else None,
        privacy=PRIVACY,
    )
