"""A profile that cannot be used says what to mend and where."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from core.profiles import yaml_tree
from core.profiles.loading import REFERENCE_FILE, available_profiles, load_profile, load_reference
from core.profiles.problems import MESSAGES, Problem, ProfileError

Edit = Callable[[str, str], ProfileError]


@pytest.fixture
def folder(tmp_path: Path, zima_path: Path) -> Path:
    for name in (zima_path.name, REFERENCE_FILE):
        shutil.copy(zima_path.with_name(name), tmp_path)
    return tmp_path


@pytest.fixture
def broken(folder: Path) -> Edit:
    """Loads the profile with one text replaced, and gives the error."""

    def edit(old: str, new: str) -> ProfileError:
        path = folder / "zima.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ProfileError) as caught:
            load_profile(path)
        return caught.value

    return edit


def refused(path: Path, content: bytes) -> ProfileError:
    path.write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        load_profile(path)
    return caught.value


def line_of(folder: Path, text: str) -> int:
    lines = (folder / "zima.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "reason", "location"),
    [
        ("timezone: Asia/Irkutsk", "timezone: Asia/Zima", "timezone", ("timezone",)),
        ("kind: preschool", "kind: nursery", "enum", ("organisations", 9, "kind")),
        ('number: "7.10"', "number: 7.10", "string_type", ("plan", "sections", 6, "measures", 9, "number")),
        ("dates: [2022-02-04]", "dates: [04.02.2022]", "date_from_datetime_parsing", None),
        ("dates: [2022-02-04]", "dates: [2022-02-30]", "date_parsing", None),
        ('start: "21:00"', "start: 21:00", "time_quotes", ("settings", "quiet_hours", "start")),
        ("due: 12-15", "due: 12-32", "month_day", ("indicators", 0, "due")),
        ("burnout: 10", "burnout: 2", "greater_than_equal", ("settings", "disclosure", "burnout")),
        ("teachers: 263", "teachers: 263.5", "int_type", ("staff", "by_kind", "school", "teachers")),
        ("teachers: 476", "teachers: 477", "sum_mismatch", ("staff", "teachers")),
        ("higher_education: 10,", "higher_education: 34,", "too_many", None),
        ("hosts: [lyceum]", "hosts: [lyceum-2]", "unknown_code", None),
        ("subjects: [physics]", "subjects: [alchemy]", "unknown_reference", None),
        ("indicator: R1", "indicator: R2", "unknown_code", ("targets", 0, "indicator")),
        ("code: school-5", "code: school-1", "repeated", ("organisations", 1, "code")),
        ("medium: 50", "medium: 80", "bands", ("settings", "deficit_bands")),
        ("value: 8}", "value: 9}", "parts_sum", ("targets", 6, "parts")),
        ('number: "1.2"', 'number: "2.2"', "section_number", None),
        ("end: 2022-05-31", "end: 2022-03-31", "order", None),
        ("highest: {count: 133", "none: {count: 133", "category_none", ("categories", "counts", "none")),
        ("first: {count: 169", "first: {count: 400", "too_many", ("categories", "counts")),
        ("number: 8\n      title", "number: 7\n      title", "repeated", ("plan", "sections", 7, "number")),
        ("document: plan\n", "document: plans\n", "unknown_code", ("plan", "document")),
        ("main: >-", "mein: >-", "missing", ("goals", "main")),
    ],
)
def test_a_mistake_is_located(
    broken: Edit, old: str, new: str, reason: str, location: tuple[str | int, ...] | None
) -> None:
    error = broken(old, new)
    problem = next(problem for problem in error.problems if problem.reason == reason)
    assert problem.line
    if location:
        assert problem.location == location


def test_the_line_is_the_line_of_the_mistake(folder: Path, broken: Edit) -> None:
    line = line_of(folder, 'start: "21:00"')
    assert broken('start: "21:00"', "start: 21:00").problems[0].line == line


def test_a_repeated_key_names_both_lines(broken: Edit) -> None:
    error = broken("code: zima\n", "code: zima\nplan_year: 2021\n")
    assert len(error.problems) == 1
    assert "plan_year" in str(error)
    assert "строке 10" in str(error)
    assert error.problems[0].line == 11


def test_a_repeated_key_deep_inside(broken: Edit) -> None:
    error = broken("{value: 67, unit: people,", "{value: 67, value: 68, unit: people,")
    assert error.problems[0].reason == "duplicate_key"


def test_all_mistakes_come_at_once_in_order(folder: Path) -> None:
    text = (folder / "zima.yaml").read_text(encoding="utf-8")
    text = text.replace("timezone: Asia/Irkutsk", "timezone: Nowhere").replace("burnout: 10", "burnout: ten")
    error = refused(folder / "zima.yaml", text.encode())
    assert [problem.reason for problem in error.problems] == ["timezone", "int_type"]


def test_messages_are_russian_sentences_with_the_place(broken: Edit) -> None:
    error = broken("kind: preschool", "kind: nursery")
    assert str(error).startswith("zima.yaml: строка ")
    assert "organisations[10].kind: можно выбрать одно из: 'school', 'preschool'" in str(error)
    assert (error.key, error.params["file"]) == ("profile_invalid", "zima.yaml")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"# nothing\n", "empty"),
        (b"- a\n- b\n", "not_mapping"),
        (b"just words", "not_mapping"),
        (b"a: b: c", "syntax"),
        (b"a: [1, 2", "syntax"),
        (b"a: 1\n---\nb: 2\n", "syntax"),
        (b"? [a]\n: b", "syntax"),
        (b"a: \x07", "syntax"),
        (b"a: !!python/object/apply:os.getcwd []", "syntax"),
        (b"a: *nowhere", "syntax"),
        (b"a: !!timestamp words", "date_parsing"),
        (b"a: !!bool maybe", "tag"),
        (b"? !!int one\n: 2", "tag"),
        (b"a: !!float 1.2.3", "tag"),
        (b"a: !!binary \xd0\xaf", "syntax"),
        ("название: Зима".encode("cp1251"), "not_utf8"),
        (b"[" * 100_000, "too_deep"),
        (b"a: " + b"[" * 500 + b"]" * 500, "too_deep"),
        (b"a: &x [*x]", "missing"),
    ],
)
def test_a_file_that_is_no_profile_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    error = refused(tmp_path / "bad.yaml", content)
    assert error.problems[0].reason == reason
    assert "bad.yaml" in str(error)


def test_a_bomb_of_aliases_is_refused_quickly(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 25)]
    error = refused(tmp_path / "bomb.yaml", "\n".join(lines).encode())
    assert {problem.reason for problem in error.problems} == {"missing", "extra_forbidden"}


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    error = refused(tmp_path / "huge.yaml", b"#" * (yaml_tree.MAX_BYTES + 1))
    assert error.problems[0].reason == "too_big"


def test_the_pure_python_parser_gives_the_same(
    zima_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyYAML comes without its C part."""
    fast = load_profile(zima_path)
    monkeypatch.setattr(yaml_tree, "LOADER", yaml.SafeLoader)
    assert load_profile(zima_path) == fast
    assert refused(tmp_path / "bell.yaml", b"a: \x07").problems[0].reason == "syntax"
    assert refused(tmp_path / "deep.yaml", b"[" * 100_000).problems[0].reason == "too_deep"


def test_a_byte_order_mark_is_no_mistake(folder: Path) -> None:
    path = folder / "zima.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load_profile(path).code == "zima"


def test_files_that_are_not_there(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ProfileError, match=r"nobody\.yaml: файл не найден"):
        load_profile(tmp_path / "nobody.yaml")
    with pytest.raises(ProfileError, match="файл не удалось прочитать"):
        load_profile(folder)
    with pytest.raises(ProfileError, match="папка"):
        available_profiles(tmp_path / "nowhere")


def test_a_missing_reference_is_named(folder: Path) -> None:
    (folder / REFERENCE_FILE).unlink()
    with pytest.raises(ProfileError, match=r"reference\.yaml: файл не найден"):
        load_profile(folder / "zima.yaml")


def test_a_repeated_position_in_the_reference(folder: Path) -> None:
    path = folder / REFERENCE_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("code: tutor", "code: teacher"), encoding="utf-8")
    with pytest.raises(ProfileError, match="«teacher» уже занят"):
        load_reference(path)


def test_profiles_are_listed_without_the_reference(folder: Path) -> None:
    summaries = available_profiles(folder)
    assert [(summary.code, summary.organisations) for summary in summaries] == [("zima", 19)]


def test_one_broken_profile_names_itself_in_the_list(folder: Path) -> None:
    (folder / "other.yaml").write_text("code: other", encoding="utf-8")
    with pytest.raises(ProfileError, match=r"other\.yaml"):
        available_profiles(folder)


def test_every_reason_can_be_said() -> None:
    """No sentence has a brace too many, and an unforeseen reason is said too."""
    messages = yaml.safe_load(MESSAGES.read_text(encoding="utf-8"))
    placeholders = {name for sentence in messages.values() for name in re.findall(r"{(\w+)}", sentence)}
    everything = dict.fromkeys(placeholders, 1)
    for reason in messages.keys() - {"line"}:
        assert "{" not in Problem(reason, params=everything).text()
    assert "odd_reason" in Problem("odd_reason").text()
