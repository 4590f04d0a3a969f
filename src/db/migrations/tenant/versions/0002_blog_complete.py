"""Pages, translations, series, revisions, working copies, old addresses, preview links, search, imports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)

# What is searched follows the text by itself, whoever writes it; `heading` is the short part of it, which is at hand
# without fetching the long one. The search_path of whoever writes names the schema. A tsvector holds a megabyte: of a
# text with more different words than that only the beginning is found.
INDEX_POST = """
    CREATE FUNCTION index_post() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        language regconfig := CASE NEW.lang WHEN 'ru' THEN 'russian' WHEN 'en' THEN 'english' ELSE 'simple' END;
    BEGIN
        NEW.heading :=
            setweight(to_tsvector(language, translate(NEW.title, 'ёЁ', 'еЕ')), 'A')
            || setweight(to_tsvector(language, translate(array_to_string(NEW.tags, ' '), 'ёЁ', 'еЕ')), 'B')
            || setweight(to_tsvector(language, translate(NEW.description, 'ёЁ', 'еЕ')), 'B');
        BEGIN
            NEW.search := NEW.heading || to_tsvector(language, translate(left(NEW.plain, 500000), 'ёЁ', 'еЕ'));
        EXCEPTION WHEN program_limit_exceeded THEN
            NEW.search := NEW.heading || to_tsvector(language, translate(left(NEW.plain, 40000), 'ёЁ', 'еЕ'));
        END;
        RETURN NEW;
    END $$
"""

# Words that readers may be offered for a mistyped one: only of what they can read. What is published at once was so
# after its transaction began: now() would be too early. Sorted, so that two writers who add the same words wait for
# each other instead of locking each other out.
LEARN_WORDS = """
    CREATE FUNCTION learn_words() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        words tsvector;
    BEGIN
        IF NEW.is_public AND NEW.trashed_at IS NULL
            AND (NEW.announced_at IS NOT NULL OR NEW.published_at <= clock_timestamp()) THEN
            BEGIN
                words := to_tsvector('simple', translate(
                    NEW.title || ' ' || NEW.description || ' ' || left(NEW.plain, 500000), 'ёЁ', 'еЕ'
                ));
            EXCEPTION WHEN program_limit_exceeded THEN
                words := to_tsvector('simple', translate(NEW.title || ' ' || left(NEW.plain, 40000), 'ёЁ', 'еЕ'));
            END;
            INSERT INTO search_words (word)
            SELECT word
            FROM unnest(tsvector_to_array(words)) AS word
            WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[^[:alpha:]]'
            ORDER BY word
            ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
    END $$
"""


def text(name: str, *, nullable: bool = False, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable, server_default=default)


def upgrade() -> None:
    _widen_posts()
    _index_posts()
    _create_search()
    _create_history()
    _create_addresses()
    _create_imports()


def downgrade() -> None:
    for table in ("imports", "preview_links", "redirects", "working_copies", "revisions"):
        op.drop_table(table)
    op.execute("DROP TRIGGER learn_words ON posts")
    op.execute("DROP TRIGGER index_post ON posts")
    op.execute("DROP FUNCTION learn_words()")
    op.execute("DROP FUNCTION index_post()")
    op.drop_table("search_words")
    op.execute("DELETE FROM posts WHERE kind <> 'post'")
    op.drop_constraint("uq_posts_kind_slug", "posts")
    op.create_unique_constraint("uq_posts_slug", "posts", ["slug"])
    for index in ("group_id", "mentions", "search", "series_slug", "author_slug", "unannounced"):
        op.drop_index(f"ix_posts_{index}", "posts")
    op.execute("ALTER INDEX ix_posts_tags RESET (fastupdate)")
    op.drop_index("ix_posts_public", "posts")
    op.create_index("ix_posts_public", "posts", ["is_public", sa.text("published_at DESC"), sa.text("id DESC")])
    for column in (
        *("kind", "group_id", "plain", "heading", "search", "mentions", "findings", "series", "series_slug"),
        *("series_part", "is_pinned", "meta_title", "meta_description", "canonical_url", "author_slug", "announced_at"),
    ):
        op.drop_column("posts", column)


def _widen_posts() -> None:
    op.add_column("posts", text("kind", default="post"))
    op.add_column("posts", text("group_id", nullable=True))
    op.execute("UPDATE posts SET group_id = id")
    op.alter_column("posts", "group_id", nullable=False)
    for name in ("plain", "series", "series_slug", "meta_title", "meta_description", "canonical_url", "author_slug"):
        op.add_column("posts", text(name, default=""))
    op.add_column("posts", sa.Column("series_part", sa.Integer(), nullable=True))
    op.add_column("posts", sa.Column("is_pinned", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("posts", sa.Column("announced_at", MOMENT, nullable=True))
    op.execute("UPDATE posts SET announced_at = published_at WHERE is_public AND published_at <= now()")
    op.add_column("posts", sa.Column("mentions", sa.ARRAY(sa.Text()), nullable=False, server_default="{}"))
    op.add_column("posts", sa.Column("findings", JSONB(), nullable=False, server_default="[]"))
    for name in ("heading", "search"):
        op.add_column("posts", sa.Column(name, TSVECTOR(), nullable=False, server_default=""))


def _index_posts() -> None:
    op.drop_constraint("uq_posts_slug", "posts")
    op.create_unique_constraint("uq_posts_kind_slug", "posts", ["kind", "slug"])
    op.drop_index("ix_posts_public", "posts")
    is_shown = "is_public AND trashed_at IS NULL"
    op.create_index(
        "ix_posts_public",
        "posts",
        ["kind", sa.text("published_at DESC"), sa.text("id DESC")],
        postgresql_include=["group_id", "lang"],  # whole lists are counted without looking at a post
        postgresql_where=sa.text(is_shown),
    )
    waiting = sa.text(f"{is_shown} AND announced_at IS NULL")
    op.create_index("ix_posts_unannounced", "posts", ["published_at"], postgresql_where=waiting)
    op.create_index("ix_posts_group_id", "posts", ["group_id"])
    op.create_index("ix_posts_mentions", "posts", ["mentions"], postgresql_using="gin")
    # Posts are read far more often than written: no list of pending entries for each search to go through.
    op.execute("ALTER INDEX ix_posts_tags SET (fastupdate = off)")
    op.create_index(
        "ix_posts_search", "posts", ["search"], postgresql_using="gin", postgresql_with={"fastupdate": "off"}
    )
    for column in ("series_slug", "author_slug"):
        op.create_index(f"ix_posts_{column}", "posts", [column], postgresql_where=sa.text(f"{column} <> ''"))


def _create_search() -> None:
    op.create_table("search_words", text("word"), sa.PrimaryKeyConstraint("word", name=op.f("pk_search_words")))
    op.execute("CREATE INDEX ix_search_words_word ON search_words USING gin (word extensions.gin_trgm_ops)")
    op.execute(INDEX_POST)
    op.execute(LEARN_WORDS)
    searched = "title, tags, description, plain, lang"
    op.execute(
        f"CREATE TRIGGER index_post BEFORE INSERT OR UPDATE OF {searched} ON posts "
        "FOR EACH ROW EXECUTE FUNCTION index_post()"
    )
    op.execute(
        f"CREATE TRIGGER learn_words AFTER INSERT OR UPDATE OF {searched}, is_public, published_at, trashed_at, "
        "announced_at ON posts FOR EACH ROW EXECUTE FUNCTION learn_words()"
    )
    op.execute("UPDATE posts SET title = title")


def _create_history() -> None:
    op.create_table(
        "revisions",
        text("post_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        text("saved_by", nullable=True),
        text("saved_by_name"),
        sa.Column("is_auto", sa.Boolean(), nullable=False),
        sa.Column("text", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_revisions_post_id_posts"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["users.id"], name=op.f("fk_revisions_saved_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("post_id", "number", name=op.f("pk_revisions")),
    )
    op.create_index(op.f("ix_revisions_saved_by"), "revisions", ["saved_by"])
    op.create_table(
        "working_copies",
        text("post_id"),
        text("user_id"),
        sa.Column("text", JSONB(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_working_copies_post_id_posts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_working_copies_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("post_id", "user_id", name=op.f("pk_working_copies")),
    )
    op.create_index(op.f("ix_working_copies_user_id"), "working_copies", ["user_id"])


def _create_addresses() -> None:
    op.create_table(
        "redirects",
        text("path"),
        text("post_id", nullable=True),
        text("target", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_redirects_post_id_posts"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_redirects")),
        sa.CheckConstraint("(post_id IS NULL) <> (target IS NULL)", name=op.f("ck_redirects_one_way")),
    )
    op.create_index(op.f("ix_redirects_post_id"), "redirects", ["post_id"])
    op.create_table(
        "preview_links",
        text("id"),
        text("post_id"),
        text("created_by_name"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"], ["posts.id"], name=op.f("fk_preview_links_post_id_posts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview_links")),
    )
    op.create_index(op.f("ix_preview_links_post_id"), "preview_links", ["post_id"])


def _create_imports() -> None:
    op.create_table(
        "imports",
        *(text(name) for name in ("id", "format", "filename", "state", "created_by_name")),
        text("created_by", nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("report", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_imports_created_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_created_by"), "imports", ["created_by"])
