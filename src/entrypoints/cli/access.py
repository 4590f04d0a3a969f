from __future__ import annotations

import click
from dishka import AsyncContainer

from core.access import Action
from core.errors import Invalid, Problem
from core.locales import DEFAULT_LOCALE
from core.roles.use_cases.explain_access import ExplainAccess
from core.tenancy.entities import Tenant
from core.tenancy.use_cases.show_tenant import ShowTenant
from core.text import N_
from entrypoints.cli.command import json_option, operator_command, print_fields
from entrypoints.http.role_words import explained_words, role_name
from entrypoints.http.translations import Translations

ACTIONS = [action.value for action in Action]


@click.group()
def access() -> None:
    """Who may do what at a site, and why."""


@access.command()
@click.argument("slug")
@click.argument("action", type=click.Choice(ACTIONS), metavar="ACTION")
@click.option("--user", default="", help="Somebody of the site, by e-mail address or id.")
@click.option("--role", default="", help="A role instead of a person.")
@click.option("--resource", default="", help="The id of the post, question, file or session that it is about.")
@json_option
@operator_command
async def explain(
    container: AsyncContainer, slug: str, action: str, user: str, role: str, resource: str, as_json: bool
) -> None:
    """Why somebody at the site SLUG may do ACTION (such as post.publish) or not, and who could."""
    if bool(user) is bool(role):
        raise Invalid(Problem.of("user", N_("Say whom it is about: either --user or --role.")))
    tenant = await (await container.get(ShowTenant))(slug)
    async with container({Tenant: tenant}) as at_site:
        told = await (await at_site.get(ExplainAccess))(Action(action), user=user, role=role, resource=resource)
        words = (await at_site.get(Translations)).catalogue(DEFAULT_LOCALE)
    said, why = explained_words(words, told), told.explanation
    fields = {
        "action": action,
        "is_allowed": told.is_allowed,
        "role": why.role,
        "base": why.base,
        "scope": why.role_scope.value,
        "default": why.default.value,
        "resource": told.thing.id if told.thing else None,
        "is_own": why.is_own,
        "nearest_role": why.nearest_role,
        "verdict": said.verdict,
        "reasons": list(said.reasons) if as_json else " ".join(said.reasons),
        "advice": said.advice,
    }
    named = {} if as_json else {"role": role_name(words, why.role, told.policy)}
    print_fields(fields | named, as_json=as_json)
