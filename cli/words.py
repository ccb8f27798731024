"""Expected errors in the words of the command line."""

from core.errors import AppError
from core.profiles.problems import ProfileError

SENTENCES = {
    "survey.version_changed": (
        "Анкета {code} уже опубликована в версии {version} с другим текстом. Опубликованная анкета не меняется: "
        "дайте новому тексту следующий номер версии."
    ),
    "consent.changed": "Согласие версии {version} уже опубликовано с другим текстом: нужен новый номер версии.",
    "sealing.wrong_key": (
        "Ключ не подходит к запечатанным ответам. Верните прежний SECRET_KEY или файл secret.key из папки данных."
    ),
    "password.short": "Пароль слишком короткий: нужно не меньше {least} знаков.",
    "password.long": "Пароль слишком длинный: уложитесь в {most} знаков.",
    "password.obvious": "Такой пароль подбирают первым. Возьмите фразу из нескольких слов.",
    "login.unsound": "Логин — это от трёх до восьмидесяти букв, цифр и знаков . - _ @ без пробелов.",
    "login.taken": "Такой логин уже занят.",
    "denied": "Этой учётной записи вход в кабинет не положен.",
    "not_found": "Такого нет. Проверьте номер или код.",
}


def explain(error: AppError) -> str:
    """What happened and what to do; the key itself for an error that a command was not expected to meet."""
    if isinstance(error, ProfileError):
        return "\n".join(["Профиль не подходит:", *error.lines()])
    return SENTENCES.get(error.key, f"Не получилось: {error.key}").format_map(error.params)
