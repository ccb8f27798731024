"""Forms of strangers, read in a child process. What comes back is JSON: a definition holds compiled expressions."""

from core.spreadsheets import check_signature, in_child, read_book
from core.surveys.loading import definition_from_json, definition_json
from core.surveys.reading import DefinitionError, Problem
from core.surveys.xlsform.assembling import Imported, assemble


async def read_upload(content: bytes, file_name: str, language: str | None = None) -> Imported:
    """The survey in an uploaded workbook; the program goes on serving meanwhile.

    Raises DefinitionError with every located problem. AppError: upload.too_large (limit, in megabytes),
    upload.not_a_workbook, upload.old_format, upload.encrypted, upload.broken, upload.too_complex,
    upload.took_too_long.
    """
    check_signature(content)
    answer = await in_child(read_in_child, content, {"file_name": file_name, "language": language})
    if not isinstance(answer, dict):
        raise TypeError("the child answers with a mapping")
    if "problems" in answer:
        raise DefinitionError([Problem(*problem) for problem in answer["problems"]])
    return Imported(
        definition_from_json(answer["definition"]),
        tuple(Problem(*notice) for notice in answer["notices"]),
        tuple(answer["languages"]),
        answer["language"],
    )


def read_in_child(content: bytes, file_name: str, language: str | None) -> dict[str, object]:
    """What `read_upload` needs, as JSON can hold it."""
    try:
        imported = assemble(read_book(content), file_name, language)
    except DefinitionError as error:
        return {"problems": [_pair(problem) for problem in error.problems]}
    return {
        "definition": definition_json(imported.definition),
        "notices": [_pair(notice) for notice in imported.notices],
        "languages": imported.languages,
        "language": imported.language,
    }


def _pair(problem: Problem) -> tuple[str, str]:
    return problem.where, problem.message
