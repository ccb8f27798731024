"""What can be reminded of by rules: one kind, one file. The next kind is a file here and a line in KINDS.

Surveys and self-reviews are planned by their campaigns (core.campaigns.reminding).
"""

from collections.abc import Mapping
from types import MappingProxyType

from core.reminders.kinds import attestation, event, indicators, plan
from core.reminders.kinds.kind import Kind
from core.reminders.model import ReminderKind

KINDS: Mapping[ReminderKind, Kind] = MappingProxyType(
    {
        ReminderKind.ATTESTATION: attestation.KIND,
        ReminderKind.INDICATORS: indicators.KIND,
        ReminderKind.PLAN: plan.KIND,
        ReminderKind.EVENT: event.KIND,
    }
)
