from tests.cli.conftest import Operator
from tests.cli.test_tasks import make_site
from tests.cli.test_tokens import ADMIT

HAVE = (
    "INSERT INTO {}.factors (id, user_id, kind, name, secret, created_at, counter, host) VALUES "
    "('f1', 'u1', 'totp', '', 'sealed', now(), 0, ''), ('f2', 'u1', 'recovery', '', 'digest', now(), 0, '')"
)
STAY = (
    "INSERT INTO {}.sessions (id, user_id, kind, created_at, seen_at, user_agent, generation) VALUES "
    "('s1', 'u1', 'browser', now(), now(), '', 0)"
)
LEFT = (
    "SELECT (SELECT count(*) FROM {}.factors), (SELECT count(*) FROM {}.sessions), "
    "(SELECT count(*) FROM {}.audit_events WHERE action = 'factor.reset' AND role = 'operator'), "
    "(SELECT count(*) FROM {}.tasks WHERE kind = 'send_mail')"
)


def test_the_last_way_in_for_who_has_lost_her_factors(terrace: Operator, slug: str) -> None:
    schema = make_site(terrace, slug)
    for adding in (ADMIT, HAVE, STAY):
        terrace.asks(adding, names=(schema,))
    other = f"{slug}b"
    make_site(terrace, other)

    assert terrace("users", "reset-factor", slug, "nobody@x.example").code == 3
    assert terrace("users", "reset-factor", other, "eve@x.example").code == 3
    assert terrace("users", "reset-factor", "nowhere-at-all", "eve@x.example").code == 3
    assert terrace.asks(LEFT, names=(schema,) * 4) == [(2, 1, 0, 0)]

    reset = terrace("users", "reset-factor", slug, "Eve@x.example", "--json")
    assert (reset.code, reset.data["email"]) == (0, "eve@x.example")
    assert terrace.asks(LEFT, names=(schema,) * 4) == [(0, 0, 1, 1)]

    assert terrace("users", "reset-factor", slug, "eve@x.example").code == 0, "nothing is left to be taken"
    assert terrace.asks(LEFT, names=(schema,) * 4) == [(0, 0, 1, 1)]
