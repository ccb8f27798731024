"""Russian words for codes of core, wherever pages show them."""

from collections.abc import Mapping
from types import MappingProxyType

from core.audiences.words import labels
from core.campaigns.model import CampaignState, ParticipationState, Reach, ReminderState
from core.events.model import EventKind
from core.people.model import (
    Category,
    Education,
    Level,
    MentorState,
    TrainingKind,
)
from core.surveys.model import Respondent, SurveyPrivacy

KINDS: Mapping[str, str] = labels("kinds")
POSITION_GROUPS: Mapping[str, str] = labels("position_groups")
CAMPAIGN_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        CampaignState.DRAFT: ("calm", "Черновик"),
        CampaignState.SCHEDULED: ("act", "Запланировано"),
        CampaignState.OPEN: ("going", "Идёт"),
        CampaignState.CLOSED: ("good", "Завершено"),
    }
)
"""State → tone of the mark and its word."""

PRIVACY: Mapping[str, str] = MappingProxyType(
    {
        SurveyPrivacy.NAMED: "Именная",
        SurveyPrivacy.CONFIDENTIAL: "Конфиденциальная",
        SurveyPrivacy.ANONYMOUS: "Анонимная",
    }
)
PRIVACY_EXPLAINED: Mapping[str, str] = MappingProxyType(
    {
        SurveyPrivacy.NAMED: "Методисты видят, кто что ответил. Педагога предупреждают об этом до первого вопроса.",
        SurveyPrivacy.CONFIDENTIAL: (
            "Ответы связаны с педагогом только ради его собственной истории. "
            "Здесь вы видите сводные числа, а чужие ответы не видит никто."
        ),
        SurveyPrivacy.ANONYMOUS: (
            "В момент отправки связь между человеком и ответами уничтожается. Известно, кто принял участие, "
            "но не кто что ответил, и узнать это нельзя даже с файлом базы в руках. "
            "Итоги появятся один раз, когда анкетирование завершится."
        ),
    }
)
PARTICIPATION: Mapping[str, str] = MappingProxyType(
    {
        ParticipationState.INVITED: "не начата",
        ParticipationState.BEGUN: "начата, не отправлена",
        ParticipationState.SUBMITTED: "отправлена",
    }
)
REACH: Mapping[str, str] = MappingProxyType(
    {
        Reach.REACHABLE: "бот может написать",
        Reach.NOT_JOINED: "бот ещё не подключён",
        Reach.UNREACHABLE: "бот остановлен",
    }
)
RESPONDENTS: Mapping[str, str] = MappingProxyType(
    {
        Respondent.TEACHER: "педагоги и руководители",
        Respondent.ORGANISATION: "ответственные, каждый за свою организацию",
        Respondent.PARTICIPANT: "участники одного мероприятия",
        Respondent.PAIR: "наставники и наставляемые",
    }
)
"""Who answers, after «отвечают»."""

REMINDER_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ReminderState.PLANNED: ("going", "Запланировано"),
        ReminderState.SENT: ("good", "Отправлено"),
        ReminderState.NOBODY: ("calm", "Не понадобилось: напоминать было некому"),
        ReminderState.SKIPPED: ("calm", "Не понадобилось: анкетирование завершилось раньше"),
        ReminderState.LATE: ("act", "Пропущено: программа в это время не работала"),
    }
)
"""State → tone of the mark and its words."""

EVENT_KINDS: Mapping[str, str] = MappingProxyType(
    {
        EventKind.COURSE: "Курсы",
        EventKind.CONTEST: "Конкурс",
        EventKind.MEETING: "Заседание объединения",
        EventKind.SEMINAR: "Семинар",
        EventKind.WEBINAR: "Вебинар",
        EventKind.CONFERENCE: "Конференция",
        EventKind.CONSULTATION: "Консультация",
        EventKind.GATHERING: "Встреча молодых педагогов",
        EventKind.EXPERT_WORK: "Экспертная работа",
    }
)
CATEGORIES: Mapping[str, str] = MappingProxyType(
    {
        Category.NONE: "без категории",
        Category.CONFORMITY: "соответствие занимаемой должности",
        Category.FIRST: "первая",
        Category.HIGHEST: "высшая",
        Category.METHODIST: "педагог-методист",
        Category.MENTOR: "педагог-наставник",
    }
)
EDUCATION: Mapping[str, str] = MappingProxyType(
    {
        Education.HIGHER: "высшее",
        Education.SECONDARY_VOCATIONAL: "среднее профессиональное",
        Education.OTHER: "другое",
    }
)
AREAS: Mapping[str, str] = MappingProxyType(
    {
        "subject_area": "предметное",
        "methodical_area": "методическое",
        "psychology_area": "психолого-педагогическое",
        "ict_area": "цифровое (ИКТ)",
        "management_area": "управление",
    }
)
LEVELS: Mapping[str, str] = MappingProxyType(
    {
        Level.ORGANISATION: "уровень организации",
        Level.MUNICIPAL: "муниципальный уровень",
        Level.INTER_MUNICIPAL: "межмуниципальный уровень",
        Level.REGIONAL: "региональный уровень",
        Level.FEDERAL: "федеральный уровень",
    }
)
TRAINING: Mapping[str, str] = MappingProxyType(
    {TrainingKind.ADVANCED: "повышение квалификации", TrainingKind.RETRAINING: "переподготовка"}
)
MENTORS: Mapping[str, str] = MappingProxyType(
    {
        MentorState.PROPOSED: "вызвался сам, ещё не подтверждён",
        MentorState.CONFIRMED: "в банке наставников",
        MentorState.LEFT: "выбыл из банка",
    }
)
