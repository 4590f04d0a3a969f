"""Roles: many, few, and what can be wrong."""

from collections.abc import Iterator
from dataclasses import replace

from entrypoints.web import views
from entrypoints.web.views import roles

ROLE = roles.RoleItem(
    key="guest",
    name="Guest <writer>",
    text="Friends",
    people=2,
    base="Contributor",
    desk_url="/admin/roles/guest",
)
VISITOR = roles.RoleItem(key="visitor", name="Visitor", text="", people=0, desk_url="/admin/roles/visitor")
OWNER = roles.RoleItem(key="owner", name="Owner", text="May do everything", people=1)
BASES = (views.Choice(value="viewer", label="Viewer"), views.Choice(value="contributor", label="Contributor"))
FIELDS = ("name", "base", "description", "key")
REFUSED = views.Form(values=dict.fromkeys(FIELDS, "x"), errors=dict.fromkeys(FIELDS, "No."), message="No.")
MARKS = (
    roles.RightMark(reach="none", label="No", is_changed=False),
    roles.RightMark(reach="own", label="Only one's own", is_changed=True),
    roles.RightMark(reach="any", label="Yes", is_changed=False),
)
GROUPS = (roles.RightGroup(label="Posts", rows=(roles.RightRow(text="Publish posts", marks=MARKS),)),)
RIGHTS = (
    roles.RightChoices(
        label="Posts",
        rights=(
            roles.RightChoice(
                name="right-post.publish", text="Publish posts", value="contributor", usual="No", choices=BASES
            ),
        ),
    ),
)
LINE = roles.ChangeLine(text="Publish posts", before="No", after="Yes")
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    """Template, path, a page with everything, a page with as little as it may have."""
    whole = roles.RolesPage(roles=(VISITOR, OWNER, ROLE), groups=GROUPS, form=REFUSED, bases=BASES, may_edit=True)
    bare = roles.RolesPage(roles=(VISITOR,), groups=(), form=views.Form(), bases=(), may_edit=False)
    yield "admin/roles/index.html", "/admin/roles", whole, bare
    full = roles.RolePage(
        role=ROLE,
        version=3,
        groups=RIGHTS,
        form=REFUSED,
        bases=BASES,
        others=BASES,
        may_edit=True,
        message="No.",
        deletion_error="No.",
    )
    least = replace(full, role=OWNER, groups=(), form=views.Form(), others=(), message="", deletion_error="")
    unpeopled = replace(least, role=replace(ROLE, people=0), groups=RIGHTS)
    yield "admin/roles/show.html", ROLE.desk_url, full, least
    yield "admin/roles/show.html", ROLE.desk_url, unpeopled, replace(unpeopled, role=VISITOR, may_edit=False)
    shown = roles.RolePreviewPage(
        role=ROLE,
        version=3,
        allowed=(LINE,),
        forbidden=(LINE,),
        lacking=("Change settings",),
        fields=(("right-post.publish", "any"),),
    )
    nothing = replace(shown, role=VISITOR, allowed=(), forbidden=(), lacking=(), fields=())
    yield "admin/roles/preview.html", f"{ROLE.desk_url}/permissions", shown, nothing
    yield "admin/roles/preview.html", f"{ROLE.desk_url}/permissions", replace(shown, lacking=()), nothing
    why = roles.WhyPage(
        action="Publish posts",
        verdict="It is not allowed.",
        is_allowed=False,
        reasons=("The role may not.",),
        advice="Ask.",
        roles_url="/admin/roles",
    )
    yield "admin/why.html", "/admin/why", why, replace(why, is_allowed=True, reasons=(), advice="", roles_url="")
