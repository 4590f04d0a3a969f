"""The server: settings, container, application."""

from config.logging import configure_logging
from config.monitoring import configure_monitoring
from config.settings import load_settings
from entrypoints.api.app import api_routes
from entrypoints.api.problems import answer_problem
from entrypoints.http.app import Terrace
from entrypoints.http.faces import errors_by_face
from entrypoints.runner.beside import run_beside
from entrypoints.web.app import web_routes
from entrypoints.web.errors import answer_error
from ioc.ground import http_options
from ioc.server import server_container


def create_app() -> Terrace:
    """The application that uvicorn and the Litestar CLI load. Raises BadSettings with all problems at once."""
    settings = load_settings()
    settings.refuse_operator_secrets()
    configure_logging(is_local=settings.is_local, level=settings.log_level)
    configure_monitoring(settings.sentry.dsn, environment=settings.environment)
    return Terrace(
        server_container(settings),
        http_options(settings),
        route_handlers=[*web_routes, *api_routes],
        exception_handlers=errors_by_face(pages=answer_error, api=answer_problem),
        beside=[run_beside],
    )
