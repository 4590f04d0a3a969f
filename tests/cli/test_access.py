from tests.cli.conftest import Operator
from tests.cli.test_tasks import make_site


def test_the_operator_learns_why(terrace: Operator, slug: str) -> None:
    make_site(terrace, slug)

    of_role = terrace("access", "explain", slug, "post.publish", "--role", "contributor", "--json")
    in_words = terrace("access", "explain", slug, "post.publish", "--role", "contributor")

    assert (of_role.code, of_role.data["is_allowed"], of_role.data["nearest_role"]) == (0, False, "author")
    assert of_role.data["reasons"][0] == "The role “Contributor” may not do this: “Publish posts and pages”."
    assert "It is not allowed." in in_words.out
    assert terrace("access", "explain", slug, "post.publish", "--role", "nobody").code == 3
    assert terrace("access", "explain", slug, "post.publish", "--user", "nobody@x.example").code == 3
    assert terrace("access", "explain", slug, "post.publish").code == 2
    assert terrace("access", "explain", slug, "post.burn", "--role", "owner").code == 2
