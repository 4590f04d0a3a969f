"""The rules of the house that import-linter cannot say."""

import ast
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "static" not in path.parts)
OURS = sorted([*FILES, *(ROOT / "dev").rglob("*.py"), *(ROOT / "bench").rglob("*.py")])
MAX_FILE_LINES = 300
LONGEST = 25
"""Lines of a function's body; a migration is a list of tables and may be longer."""
CARD = {
    "litestar": "litestar",
    "pydantic": "pydantic",
    "pydantic-settings": "pydantic_settings",
    "sqlalchemy": "sqlalchemy",
    "alembic": "alembic",
    "psycopg": "psycopg",
    "libpass": "passlib",
    "pyseto": "pyseto",
    "miniopy-async": "miniopy_async",
    "dishka": "dishka",
    "structlog": "structlog",
    "ecs-logging": "ecs_logging",
    "sentry-sdk": "sentry_sdk",
    "uvicorn": "uvicorn",
    "jinja2": "jinja2",
    "markdown-it-py": "markdown_it",
    "casbin": "casbin",
}
"""The owner's design card: distribution → module (ADR 13: libpass stands for passlib)."""
INSIDE_OTHERS = {"argon2-cffi", "lxml"}
"""Passlib and Beautiful Soup import them; we never do."""


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_of(path: Path) -> set[str]:
    """The full names of the modules that *path* imports."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_core_imports_the_standard_library_and_itself() -> None:
    tops = {module.split(".")[0] for path in SOURCE.glob("core/**/*.py") for module in imports_of(path)}

    assert tops - set(sys.stdlib_module_names) == {"core"}


def test_no_file_is_too_long() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}

    assert {name: length for name, length in lengths.items() if length > MAX_FILE_LINES} == {}


def test_no_function_is_too_long() -> None:
    functions = [(path, f) for path in FILES if "versions" not in path.parts for f in functions_of(path)]
    long = {f"{name_of(path)}:{f.name}": length for path, f in functions if (length := body_lines(f)) > LONGEST}

    assert long == {}


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the end; a long signature is no long function."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_sections_become_files() -> None:
    rulers = re.compile(r"^\s*# ?[-=#*]{3,}", flags=re.MULTILINE)

    assert [name_of(path) for path in FILES if rulers.search(path.read_text(encoding="utf-8"))] == []


def test_no_twins_no_managers() -> None:
    classes = [node.name for path in FILES for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]

    assert [name for name in classes if re.search(r"^Abstract|(Manager|Service|Helper|Util|Utils|DTO)$", name)] == []


def test_a_raw_session_or_connection_is_opened_in_db_only() -> None:
    openers = {
        name_of(path)
        for path in FILES
        if re.search(r"\bAsyncSession\(|\.connect\(\)|create_async_engine\(|async_sessionmaker\(", path.read_text())
    }

    assert {name for name in openers if not name.startswith("src/db/")} == set()


def test_every_package_of_the_design_card_is_a_direct_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = {re.split(r"[\[<>=~ ]", requirement)[0].lower() for requirement in project["dependencies"]}

    assert set(CARD) | INSIDE_OTHERS <= direct


def test_every_package_of_the_design_card_is_used() -> None:
    used = {module.split(".")[0] for path in FILES for module in imports_of(path)}

    assert set(CARD.values()) <= used


def test_every_direct_dependency_is_used() -> None:
    module_of = {
        **CARD, "aiohttp": "aiohttp", "aiosmtplib": "aiosmtplib", "babel": "babel", "click": "click",
        "cryptography": "cryptography",
        "idna": "idna", "rich": "rich",
        "litestar-htmx": "litestar_htmx", "mdit-py-plugins": "mdit_py_plugins", "nh3": "nh3", "pillow": "PIL",
        "prometheus-client": "prometheus_client", "pygments": "pygments", "python-slugify": "slugify",
        "beautifulsoup4": "bs4", "defusedxml": "defusedxml", "markdownify": "markdownify", "math-core": "math_core",
        "openpyxl": "openpyxl", "pyyaml": "yaml", "standardwebhooks": "standardwebhooks",
        "pyotp": "pyotp", "segno": "segno", "webauthn": "webauthn",
        "python-frontmatter": "frontmatter", "python-multipart": "python_multipart",
    }  # fmt: skip
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = {re.split(r"[\[<>=~ ]", requirement)[0].lower() for requirement in project["dependencies"]} - INSIDE_OTHERS
    used = {module.split(".")[0] for path in FILES for module in imports_of(path)}

    assert direct <= set(module_of), "say here which module a new dependency is for"
    assert {module_of[name] for name in direct} <= used
