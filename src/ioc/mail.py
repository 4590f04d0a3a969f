"""From the outbox to the mail server."""

from pathlib import Path

from dishka import Provider, Scope, provide

from clients.mail_spool import NoPostman, SpoolPostman
from clients.smtp_mail import SmtpPostman, mail_server
from config.settings import Settings
from core.mail import LetterWriter, Outbox, Postman
from core.outbox import TaskOutbox
from core.site.use_cases.send_mail import SendMail
from entrypoints.http.options import HttpOptions
from entrypoints.http.translations import Translations
from entrypoints.runner.letters import MailTemplates, TemplateLetters

SOURCE = Path(__file__).parents[1]


class MailProvider(Provider):
    scope = Scope.REQUEST

    outbox = provide(TaskOutbox, provides=Outbox)
    letters = provide(TemplateLetters, provides=LetterWriter)
    send = provide(SendMail)

    @provide(scope=Scope.APP)
    def postman(self, settings: Settings) -> Postman:
        if settings.mail.url is not None:
            return SmtpPostman(mail_server(settings.mail.url.get_secret_value()), sender=settings.mail.sender)
        return spool_of(settings) or NoPostman()

    @provide(scope=Scope.APP)
    def templates(self, translations: Translations, options: HttpOptions) -> MailTemplates:
        return MailTemplates(SOURCE / "templates", translations, is_reloading=options.is_local)

    @provide(scope=Scope.APP)
    def translations(self) -> Translations:
        return Translations(SOURCE / "translations")


def spool_of(settings: Settings) -> SpoolPostman | None:
    """Where the letters of this deployment lie, or None when they are sent, or wait."""
    if settings.mail.url is not None or not settings.is_local:
        return None
    return SpoolPostman(Path(settings.mail.folder), sender=settings.mail.sender)
