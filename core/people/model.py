"""Values about people and organisations that any feature may name."""

from dataclasses import dataclass
from enum import StrEnum


class OrganisationKind(StrEnum):
    SCHOOL = "school"
    PRESCHOOL = "preschool"
    SUPPLEMENTARY = "supplementary"
    METHODICAL = "methodical"


class PositionGroup(StrEnum):
    """Which variant of a survey a position sees."""

    SUBJECT_TEACHER = "subject_teacher"
    PRESCHOOL = "preschool"
    SUPPLEMENTARY = "supplementary"
    SPECIALIST = "specialist"
    MANAGER = "manager"


class Education(StrEnum):
    HIGHER = "higher"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    OTHER = "other"


class Category(StrEnum):
    """Result of attestation (Порядок аттестации, приказ Минпросвещения № 196 of 2023)."""

    NONE = "none"
    CONFORMITY = "conformity"
    FIRST = "first"
    HIGHEST = "highest"
    METHODIST = "methodist"
    MENTOR = "mentor"


class TrainingKind(StrEnum):
    ADVANCED = "advanced"
    """Повышение квалификации."""
    RETRAINING = "retraining"
    """Профессиональная переподготовка."""


class StudyForm(StrEnum):
    IN_PERSON = "in_person"
    REMOTE = "remote"
    MIXED = "mixed"


class Level(StrEnum):
    """Whose award, event or expert work it is."""

    ORGANISATION = "organisation"
    MUNICIPAL = "municipal"
    INTER_MUNICIPAL = "inter_municipal"
    REGIONAL = "regional"
    FEDERAL = "federal"


class MentorState(StrEnum):
    """Of an entry in the mentor bank."""

    PROPOSED = "proposed"
    """The teacher volunteered; a methodist has not confirmed yet."""
    CONFIRMED = "confirmed"
    LEFT = "left"


class Role(StrEnum):
    TEACHER = "teacher"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    METHODIST = "methodist"
    ADMINISTRATOR = "administrator"


class Channel(StrEnum):
    TELEGRAM = "telegram"


class LinkPurpose(StrEnum):
    """What a one-time link opens."""

    ADMIN = "admin"
    MY_DATA = "my_data"
    """What is stored about the person, as a file."""


class CheckState(StrEnum):
    """Of a second factor that was asked for."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


class Unreachable(StrEnum):
    BLOCKED = "blocked"
    """The person stopped the bot."""
    DEACTIVATED = "deactivated"
    """The messenger closed the person's account."""
    GONE = "gone"
    """The messenger no longer knows this chat."""


class Experience(StrEnum):
    """Bands of years of work; a cut of protected results fixed beforehand (SPEC §3)."""

    UP_TO_3 = "0-3"
    UP_TO_10 = "4-10"
    UP_TO_20 = "11-20"
    OVER_20 = "21+"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and how far their rights reach; handed to every action and query.

    An empty tuple means "none of these"; `everywhere` is the administrator of the installation.
    """

    account_id: int
    teacher_id: int | None
    municipality_id: int | None
    municipalities: frozenset[int] = frozenset()
    """Where the actor is a methodist or an administrator of the municipality."""
    administered: frozenset[int] = frozenset()
    """Where the actor is an administrator of the municipality."""
    organisations: frozenset[int] = frozenset()
    """Where the actor is the coordinator."""
    associations: frozenset[int] = frozenset()
    """Which associations the actor leads."""
    everywhere: bool = False
    roles: frozenset[Role] = frozenset()

    @property
    def is_staff(self) -> bool:
        """May enter the admin."""
        return bool(self.roles - {Role.TEACHER})

    def manages(self, municipality_id: int) -> bool:
        """Acts as a methodist of this municipality."""
        return self.everywhere or municipality_id in self.municipalities

    def administers(self, municipality_id: int) -> bool:
        """Keeps accounts, personal rights and the audit of this municipality."""
        return self.everywhere or municipality_id in self.administered
