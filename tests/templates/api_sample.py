"""The page of the API's documentation with one of everything."""

from markupsafe import Markup

from entrypoints.api.documentation_page import ApiField, ApiGroup, ApiOperation, ApiPage, ApiParameter
from entrypoints.api.refusal_codes import RefusalCode

FULL = ApiOperation(
    id="create_post",
    method="POST",
    path="/api/v1/posts",
    summary="Write a post",
    about=(Markup("Somebody begins a post. <em>Only</em> the desk sees it."),),
    parameters=(ApiParameter(name="Idempotency-Key", place="header", is_required=False, about=Markup("A key.")),),
    fields=(ApiField(name="title", kind="string, at most 200", is_required=True),),
    sample="curl -X POST https://anna.example/api/v1/posts",
    answer='{"id": "1"}',
    status="201",
    refusals=("401", "422"),
    needs_token=True,
)
BARE = ApiOperation(
    id="delete_post",
    method="DELETE",
    path="/api/v1/posts/{post_id}",
    summary="Put a post into the trash",
    about=(),
    parameters=(),
    fields=(),
    sample="curl -X DELETE https://anna.example/api/v1/posts/{post_id}",
    answer="",
    status="204",
    refusals=(),
    needs_token=False,
)
PAGE = ApiPage(
    about=(Markup("Everything the pages can do."),),
    groups=(ApiGroup(name="posts", about="What the site publishes.", operations=(FULL, BARE)),),
    codes=(
        RefusalCode(code="unauthenticated", status=401, message="Please sign in first."),
        RefusalCode(code="invalid", status=422, message="Please correct the marked fields."),
    ),
)
