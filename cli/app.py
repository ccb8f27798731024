"""The commands. Each imports what it runs, so that asking for help takes no seconds."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import console
from cli.settings import load_settings

app = typer.Typer(
    help="Методкабинет: бот и кабинет методической службы.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
staff = typer.Typer(help="Учётные записи сотрудников.", no_args_is_help=True)
app.add_typer(staff, name="staff")

Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Порт кабинета вместо ADMIN_PORT.")]
ChatPort = Annotated[int | None, typer.Option(min=0, max=65535, help="Порт учебного чата вместо PLAYGROUND_PORT.")]


@app.command()
def run(port: Port = None, chat_port: ChatPort = None) -> None:
    """Запустить: с токеном — настоящий Telegram, без токена — учебная площадка."""
    settings = load_settings(admin_port=port, playground_port=chat_port)
    with console.status("Запускаю программу…"):
        from cli.running import run_playground, run_telegram
    if settings.telegram_token is None:
        run_playground(settings)
    else:
        run_telegram(settings)


@app.command()
def playground(
    port: Port = None,
    chat_port: ChatPort = None,
    profile: Annotated[str | None, typer.Option(help="Какой профиль из папки profiles взять.")] = None,
    answers: Annotated[
        float, typer.Option(min=0, max=1, help="Какая доля вымышленных педагогов сама ответит на анкеты, от 0 до 1.")
    ] = 0,
    *,
    fresh: Annotated[bool, typer.Option("--fresh", help="Стереть учебные данные и начать заново.")] = False,
) -> None:
    """Учебная площадка: вымышленные люди и чат в браузере. Токен не нужен и не используется."""
    settings = load_settings(admin_port=port, playground_port=chat_port, profile=profile)
    with console.status("Запускаю программу…"):
        from cli.running import run_playground
    run_playground(settings, fresh=fresh, answers=answers)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Куда записать копию.")]) -> None:
    """Сделать копию базы данных; можно, пока программа работает."""
    from cli.backups import make_backup

    make_backup(load_settings(), file)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="Копия, сделанная командой backup.", exists=True)]) -> None:
    """Вернуть базу данных из копии; программа должна быть остановлена."""
    from cli.backups import bring_back

    bring_back(load_settings(), file)


@app.command()
def doctor() -> None:
    """Проверить настройки, токен, базу, часы и место на диске."""
    from cli.doctor import examine

    examine(load_settings())


@app.command()
def invites(
    organisation: Annotated[str, typer.Option(help="Код организации из профиля.")],
    *,
    csv: Annotated[bool, typer.Option("--csv", help="Напечатать как CSV вместо таблицы.")] = False,
) -> None:
    """Новые ссылки-приглашения для тех, кто ещё не подключился к боту."""
    from cli.invites import print_invites

    print_invites(load_settings(), organisation, as_csv=csv)


@app.command()
def samples(
    folder: Annotated[Path, typer.Argument(help="В какую папку записать; её можно не создавать заранее.")],
) -> None:
    """Записать таблицы с вымышленными педагогами, чтобы попробовать загрузку в реестр."""
    with console.status("Придумываю педагогов…"):
        from cli.samples import write_samples
    write_samples(folder)


@staff.command("add")
def staff_add(
    name: Annotated[str, typer.Argument(help="Как называть человека в кабинете.")],
    role: Annotated[str, typer.Option(help="administrator или methodist.")] = "administrator",
    login: Annotated[str | None, typer.Option(help="Имя для входа по паролю; пароль спросят отдельно.")] = None,
) -> None:
    """Завести сотрудника; без --login напечатает одноразовую ссылку для входа."""
    from cli.staff import add

    add(load_settings(), name, role, login)


@staff.command("list")
def staff_list() -> None:
    """Показать сотрудников и номера их учётных записей."""
    from cli.staff import show

    show(load_settings())


@staff.command("link")
def staff_link(account: Annotated[int, typer.Argument(help="Номер учётной записи из staff list.")]) -> None:
    """Напечатать новую одноразовую ссылку для входа."""
    from cli.staff import print_link

    print_link(load_settings(), account)
