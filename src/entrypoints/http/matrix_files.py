"""What files of questions are called on their way out."""

from core.competency_matrix.files import MatrixFormat

_SUFFIXES = {MatrixFormat.MARKDOWN: "zip"}
_MEDIA_TYPES = {
    MatrixFormat.CSV: "text/csv; charset=utf-8",
    MatrixFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    MatrixFormat.JSON: "application/json",
    MatrixFormat.MARKDOWN: "application/zip",
}


def filename_of(site: str, form: MatrixFormat) -> str:
    return f"{site}-matrix.{_SUFFIXES.get(form, form.value)}"


def media_type_of(form: MatrixFormat) -> str:
    return _MEDIA_TYPES[form]
