from pathlib import Path

import pytest

from entrypoints.cli import apply as apply_module
from entrypoints.cli import command as command_module
from entrypoints.cli.site_content import plant_content
from tests.cli.conftest import Operator, WriteSite

POST = '---\ntitle: "First"\nslug: first\n---\nHello\n'


def test_sites_are_planned_applied_and_then_true(terrace: Operator, site: WriteSite, slug: str, tmp_path: Path) -> None:
    site(slug, posts={"first": POST})
    site(f"{slug}-b")

    planned = terrace("tenants", "plan", tmp_path, "--json")
    applied = terrace("tenants", "apply", tmp_path, "--jobs", "2", "--json")
    again = terrace("tenants", "apply", tmp_path, "--json")

    assert [row["change"] for row in planned.data["sites"]] == ["create", "create"]
    assert (applied.code, applied.err) == (0, "")
    assert set(applied.data) == {"sites", "seconds", "seconds_by_step"}
    assert [(row["slug"], row["is_new"], row["posts_added"]) for row in applied.data["sites"]] == [
        (slug, True, 1),
        (f"{slug}-b", True, 0),
    ]
    assert [(row["is_new"], row["posts_added"], row["error"]) for row in again.data["sites"]] == [(False, 0, None)] * 2
    assert {row["change"] for row in terrace("tenants", "plan", tmp_path, "--json").data["sites"]} == {"none"}


def test_hosts_follow_the_folder_and_drift_is_shown(
    terrace: Operator, site: WriteSite, slug: str, tmp_path: Path
) -> None:
    file = site(slug) / "tenant.toml"
    terrace("tenants", "apply", tmp_path)
    file.write_text(file.read_text().replace(f"{slug}.example", f"new.{slug}.example").replace("A site", "Another"))

    (row,) = terrace("tenants", "plan", tmp_path, "--json").data["sites"]
    terrace("tenants", "apply", tmp_path)

    assert (row["change"], row["drift"]) == ("change_hosts", ["title"])
    assert terrace("tenants", "show", slug, "--json").data["hosts"] == [f"new.{slug}.example"]


def test_a_suspended_site_stays_suspended(terrace: Operator, site: WriteSite, slug: str, tmp_path: Path) -> None:
    site(slug)
    terrace("tenants", "apply", tmp_path)
    terrace.asks("UPDATE platform.tenants SET state = 'suspended' WHERE slug = %s", slug)

    applied = terrace("tenants", "apply", tmp_path, "--json")

    assert (applied.code, applied.data["sites"][0]["state"]) == (0, "suspended")
    assert terrace("tenants", "show", slug, "--json").data["state"] == "suspended"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("bad", '---\ntitle: "x"\nslug: "feed.atom"\n---\n', "bad.md: slug:"),
        ("bad", "---\ntitle: x\nslug: x\ntags: one\n---\n", "bad.md: tags: Must be a list."),
        ("bad", "---\ntitle: x\nslug: x\n---\n![p](media/none.png)", "none.png"),
    ],
)
def test_one_bad_site_does_not_hold_up_the_others(
    terrace: Operator, site: WriteSite, slug: str, tmp_path: Path, name: str, text: str, told: str
) -> None:
    site(slug, posts={name: text})
    site(f"{slug}-b", posts={"first": POST})

    applied = terrace("tenants", "apply", tmp_path)
    as_json = terrace("tenants", "apply", tmp_path, "--json")

    assert (applied.code, as_json.code) == (5, 5)
    assert told in applied.err
    assert told not in applied.out
    bad, good = as_json.data["sites"]
    assert set(bad) == set(good)
    assert told in bad["error"]
    assert (good["error"], good["posts_kept"]) == (None, 1)


def test_what_nobody_expected_is_told_of_that_site_alone(
    terrace: Operator, site: WriteSite, slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(slug)
    site(f"{slug}-b")

    async def moody(container: object, tenant: object, folder: object, *, overwrite: bool) -> object:
        if getattr(tenant, "slug", "") == slug:
            raise KeyError("a bug")
        return await plant_content(container, tenant, folder, overwrite=overwrite)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(apply_module, "plant_content", moody)

    applied = terrace("tenants", "apply", tmp_path)

    assert applied.code == 5
    assert f"{slug}: failed: 'a bug'. `terrace doctor` says what is wrong." in applied.err
    assert f"{slug}-b:" in applied.out


def test_what_two_folders_claim_is_refused_before_anything_is_made(
    terrace: Operator, site: WriteSite, slug: str, tmp_path: Path
) -> None:
    site(slug, folder="one")
    site(slug, folder="two")
    site(f"{slug}-c", host=slug)

    for verb in ("plan", "apply"):
        answer = terrace("tenants", verb, tmp_path)
        assert (answer.code, answer.out) == (2, "")
        assert "two/tenant.toml: slug:" in answer.err
        assert "hosts:" in answer.err
    assert terrace("tenants", "show", slug).code == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"slug = ", "Invalid value"),
        (b"\xff\xfe", "utf-8"),
        (b'slug = "a"\n', "title: Must be set."),
        (b'slug = "a"\ntitle = "T"\nhosts = ["h h"]\nowner = {email = "a@b.example"}\n', "not a hostname"),
        (b'slug = "a"\ntitle = "T"\nhosts = ["h.example"]\nowner = {email = "a@b.example"}\ntypo = 1\n', "typo"),
    ],
)
def test_a_tenant_toml_that_cannot_be_is_named(terrace: Operator, tmp_path: Path, text: bytes, told: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "tenant.toml").write_bytes(text)

    for verb in ("plan", "apply"):
        answer = terrace("tenants", verb, tmp_path)
        assert (answer.code, answer.out) == (2, "")
        assert "tenant.toml" in answer.err
        assert told in answer.err


def test_a_folder_that_is_none_or_empty_is_told(terrace: Operator, tmp_path: Path) -> None:
    assert terrace("tenants", "plan", tmp_path / "nowhere").code == 2
    assert terrace("tenants", "apply", tmp_path).code == 2


def test_a_setting_that_all_sites_need_is_told_once(
    terrace: Operator, site: WriteSite, slug: str, tmp_path: Path
) -> None:
    for number in range(3):
        site(f"{slug}-{number}")

    answer = terrace("tenants", "apply", tmp_path, STORAGE__ROOT_ACCESS_KEY=None)

    assert answer.code == 2
    assert answer.err.count("TERRACE_STORAGE__ROOT_ACCESS_KEY") == 1


def test_ctrl_c_is_one_line(
    terrace: Operator, site: WriteSite, slug: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    site(slug)
    monkeypatch.setattr(command_module, "load_settings", interrupted)

    answer = terrace("tenants", "apply", tmp_path)

    assert (answer.code, answer.out) == (130, "")
    assert answer.err == "Interrupted. The same command goes on from here.\n"


def test_roles_beyond_the_default_are_added_once_and_then_the_owners(
    terrace: Operator, site: WriteSite, slug: str, tmp_path: Path
) -> None:
    file = site(slug) / "tenant.toml"
    role = (
        '\n[[roles]]\nkey = "guest"\nname = "Guest"\nbase = "contributor"\npermissions = { "post.publish" = "own" }\n'
    )
    whole = file.read_text()
    file.write_text(whole + role)

    first, again = (terrace("tenants", "apply", tmp_path, "--json").data["sites"][0] for _ in range(2))
    why = terrace("access", "explain", slug, "post.publish", "--role", "guest", "--json").data
    file.write_text(whole + role.replace("post.publish", "tenant.create").replace('"guest"', '"other"'))
    wrong = terrace("tenants", "apply", tmp_path, "--json").data["sites"][0]

    assert (first["roles_added"], again["roles_added"]) == (1, 0)
    assert (why["base"], why["scope"], why["default"]) == ("contributor", "own", "none")
    assert "tenant.toml" in wrong["error"]
