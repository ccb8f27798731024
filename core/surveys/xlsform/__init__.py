"""Surveys as XLSForm workbooks (https://xlsform.org): what ODK and Kobo read and write, both ways."""

from core.spreadsheets import read_book
from core.surveys.xlsform.assembling import Imported, assemble
from core.surveys.xlsform.template import template_workbook
from core.surveys.xlsform.uploading import read_upload
from core.surveys.xlsform.writing import write_workbook

__all__ = ["Imported", "read_upload", "read_workbook", "template_workbook", "write_workbook"]


def read_workbook(content: bytes, file_name: str, language: str | None = None) -> Imported:
    """The survey in a workbook. `language`: one of those a form is written in, by its name there.

    Raises DefinitionError with every located problem; AppError `upload.*` for what is no workbook
    (core.spreadsheets.preflight). For files of strangers there is `read_upload`.
    """
    return assemble(read_book(content), file_name, language)
