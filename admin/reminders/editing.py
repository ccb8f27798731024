"""Changing a rule, with what follows from it; switching it on and off."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin.audiences import fields
from admin.auth import CheckedViewer
from admin.campaigns.reach import zone_title
from admin.reminders import forms, words
from admin.reminders.forms import RuleForm
from admin.reminders.reach import Here, RuleHere
from admin.reminders.samples import sample
from admin.services import Services, ServicesHere
from admin.shell import flash, texts
from admin.shell.page import page
from core.announcements.surnames import surnames_in
from core.clock import local_date
from core.errors import AppError, Denied, NotFound
from core.reminders import actions, queries, rules
from core.reminders.model import ReminderKind

router = APIRouter()
LIST = "/reminders"

_FIELD_OF = {
    "reminder.hours_unsound": "before_hours",
    "reminder.repeat_unsound": "repeat_days",
    "reminder.words_long": "words",
    "reminder.changed_meanwhile": "form",
    "audience.foreign": "audience",
}
"""Where on the form an error of core belongs; the others belong to the days."""


@router.get("/reminders/{rule_id}")
async def edit(request: Request, services: ServicesHere, here: RuleHere) -> Response:
    return await _show(request, services, here, forms.filled(here.rule))


@router.post("/reminders/{rule_id}")
async def change(request: Request, services: ServicesHere, here: RuleHere, _checked: CheckedViewer) -> Response:
    """`step` look shows what would follow and saves nothing."""
    sent = await request.form()
    form = forms.typed(sent)
    forms.check(form)
    if not form.errors:
        try:
            rules.check(actions.changed(here.rule, form.change()))
            if sent.get("step") == "save":
                await _save(services, here, form)
                return flash.redirect(await _place_after(services, here, form), "reminder.saved")
        except (Denied, NotFound):
            raise
        except AppError as error:
            form.errors[_FIELD_OF.get(error.key, "before_days")] = texts.sentence(error)
    return await _show(request, services, here, form, status=422 if form.errors else 200)


@router.post("/reminders/{rule_id}/switch")
async def switch(request: Request, services: ServicesHere, here: RuleHere, _checked: CheckedViewer) -> Response:
    """`on` says what is wanted, so that a second press does not undo the first."""
    on = (await request.form()).get("on") == "yes"
    form = replace(forms.filled(here.rule), enabled=on)
    try:
        await _save(services, here, form)
    except (Denied, NotFound):
        raise
    except AppError as error:
        return flash.redirect(LIST, error.key, good=False)
    return flash.redirect(LIST, "reminder.switched_on" if on else "reminder.switched_off")


async def _place_after(services: Services, here: Here, form: RuleForm) -> str:
    """The rule itself when something about it should still be read."""
    async with services.db.read() as session:
        named = await surnames_in(session, here.rule.municipality_id, form.words)
    return f"{LIST}/{here.rule.id}" if named else LIST


async def _save(services: Services, here: Here, form: RuleForm) -> None:
    await actions.set_rule(
        services.db, services.clock, here.viewer.actor, here.rule.id, form.change(), revision=form.revision
    )


async def _show(request: Request, services: Services, here: Here, form: RuleForm, *, status: int = 200) -> Response:
    viewer, clock = here.viewer, services.clock
    rule = here.rule if form.errors else actions.changed(here.rule, form.change())
    async with services.db.read() as session:
        coming = await queries.coming(session, clock, viewer.actor, rule)
        surnames = await surnames_in(session, rule.municipality_id, form.words)
        builder = await fields.choices(
            session,
            viewer.actor,
            viewer.municipality.id,
            form.audience,
            local_date(clock.now(), viewer.municipality.timezone),
            recount=False,
        )
    return page(
        request,
        "reminders/rule.html",
        viewer,
        status=status,
        rule=rule,
        form=form,
        title=words.KINDS[rule.kind],
        whom=words.WHOM[rule.kind, rule.whom],
        when=words.when(rule),
        sample=sample(rule),
        coming=coming,
        surnames=surnames,
        audience=builder,
        about_people=rule.kind in actions.ABOUT_PEOPLE,
        timed=rule.kind is ReminderKind.EVENT,
        words_length=rules.WORDS_LENGTH,
        zone_title=zone_title(services, viewer),
    )
