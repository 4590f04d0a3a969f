"""The runner for one pass by the operator's command line, in the operator's own container."""

from dishka import AsyncContainer, Provider, Scope, provide
from sqlalchemy.ext.asyncio import AsyncEngine

from config.settings import Settings
from core.clock import Clock
from entrypoints.http.metrics import Metrics
from entrypoints.runner.bell import Bell
from entrypoints.runner.running import Runner
from ioc.operator import operator_container
from ioc.runner import runner_over


class RunnerAtHandProvider(Provider):
    scope = Scope.APP

    bell = provide(Bell)
    metrics = provide(Metrics)

    @provide
    def runner(
        self,
        sites: AsyncContainer,
        engine: AsyncEngine,
        settings: Settings,
        clock: Clock,
        metrics: Metrics,
        bell: Bell,
    ) -> Runner:
        return runner_over(sites, engine, settings, clock, metrics, bell)


def runner_container(settings: Settings) -> AsyncContainer:
    """All that the operator has, and a Runner."""
    return operator_container(settings, RunnerAtHandProvider())
