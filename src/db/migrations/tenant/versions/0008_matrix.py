"""The competency matrix: sheets, questions and their revisions, the library, what visitors propose."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True)

# As index_post() of 0002, for all languages of a question, each by its own stems. `search` has all words, `heading`
# those that are at hand without fetching the long rest.
INDEX_QUESTION = """
    CREATE FUNCTION index_question() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        lang text;
        said jsonb;
        words text;
        language regconfig;
    BEGIN
        NEW.heading := '';
        NEW.search := '';
        FOR lang, said IN SELECT each.key, each.value FROM jsonb_each(NEW.asked) AS each ORDER BY each.key LOOP
            language := CASE lang WHEN 'ru' THEN 'russian' WHEN 'en' THEN 'english' ELSE 'simple' END;
            NEW.heading := NEW.heading
                || setweight(to_tsvector(language, translate(said ->> 'question', 'ёЁ', 'еЕ')), 'A')
                || setweight(to_tsvector(language, translate(said ->> 'hint', 'ёЁ', 'еЕ')), 'B');
            words := translate(coalesce(NEW.plain ->> lang, ''), 'ёЁ', 'еЕ');
            BEGIN
                NEW.search := NEW.search || to_tsvector(language, left(words, 500000));
            EXCEPTION WHEN program_limit_exceeded THEN
                NEW.search := NEW.search || to_tsvector(language, left(words, 40000));
            END;
        END LOOP;
        NEW.search := NEW.heading || NEW.search;
        RETURN NEW;
    END $$
"""

# As learn_words() of 0002. Whoever makes a question public by its date does so ahead of time: nothing happens to it at
# that moment, and its words are offered only where they find something that can be read.
LEARN_QUESTION_WORDS = """
    CREATE FUNCTION learn_question_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.is_public AND NEW.trashed_at IS NULL AND NEW.published_at IS NOT NULL THEN
            INSERT INTO search_words (word)
            SELECT DISTINCT found.word
            FROM jsonb_each(NEW.asked) AS each
            CROSS JOIN unnest(ARRAY[
                each.value ->> 'question', each.value ->> 'hint', left(NEW.plain ->> each.key, 120000)
            ]) AS said
            CROSS JOIN unnest(tsvector_to_array(to_tsvector('simple', translate(said, 'ёЁ', 'еЕ')))) AS found (word)
            WHERE length(found.word) BETWEEN 3 AND 40 AND found.word !~ '[^[:alpha:]]'
            ORDER BY found.word
            ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
    END $$
"""


def text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), nullable=False)


def moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, MOMENT, nullable=nullable)


def flag(name: str) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean(), nullable=False)


def upgrade() -> None:
    _create_structure()
    _create_questions()
    _index_questions()
    _create_search()
    _create_history()
    _create_library()
    _create_suggestions()


def downgrade() -> None:
    for table in ("suggestions", "resources", "question_revisions", "questions", "matrix_sheets", "matrix_settings"):
        op.drop_table(table)
    op.execute("DROP FUNCTION learn_question_words()")
    op.execute("DROP FUNCTION index_question()")


def _create_structure() -> None:
    op.create_table(
        "matrix_settings",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("grades", JSONB(), nullable=False),
        flag("accepts_suggestions"),
        flag("shows_coverage"),
        number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_settings")),
        sa.CheckConstraint("id = 1", name=op.f("ck_matrix_settings_one_row")),
    )
    op.create_table(
        "matrix_sheets",
        *(text(name) for name in ("id", "key", "name", "description")),
        sa.Column("sections", JSONB(), nullable=False),
        sa.Column("former_keys", ARRAY(sa.Text()), nullable=False),
        number("position"),
        number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matrix_sheets")),
        sa.UniqueConstraint("key", name=op.f("uq_matrix_sheets_key")),
    )


def _create_questions() -> None:
    op.create_table(
        "questions",
        *(
            text(name)
            for name in ("id", "slug", "sheet_id", "subsection_id", "lang", "origin", "folded", "fingerprint")
        ),
        *(text(name, nullable=True) for name in ("grade", "frequency", "author_id")),
        *(number(name) for name in ("position", "renderer_version", "version")),
        *(flag(name) for name in ("is_public", "is_flagged")),
        *(moment(name) for name in ("created_at", "updated_at")),
        *(moment(name, nullable=True) for name in ("published_at", "trashed_at")),
        *(sa.Column(name, JSONB(), nullable=False) for name in ("asked", "wordings", "plain", "resources")),
        *(
            sa.Column(name, ARRAY(sa.Text()), nullable=False)
            for name in ("evidence", "mentions", "former_slugs", "lacks")
        ),
        *(sa.Column(name, TSVECTOR(), nullable=False) for name in ("heading", "search")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["matrix_sheets.id"], name=op.f("fk_questions_sheet_id_matrix_sheets"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["users.id"], name=op.f("fk_questions_author_id_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("slug", name=op.f("uq_questions_slug")),
    )


def _index_questions() -> None:
    op.create_index("ix_questions_sheet_id", "questions", ["sheet_id"])
    op.create_index("ix_questions_cell", "questions", ["subsection_id", "grade"])
    op.create_index("ix_questions_author_id", "questions", ["author_id"])
    op.create_index("ix_questions_fingerprint", "questions", ["fingerprint"])
    op.create_index("ix_questions_mentions", "questions", ["mentions"], postgresql_using="gin")
    op.create_index(
        "ix_questions_search", "questions", ["search"], postgresql_using="gin", postgresql_with={"fastupdate": "off"}
    )
    op.execute("CREATE INDEX ix_questions_folded ON questions USING gin (folded extensions.gin_trgm_ops)")
    # As in 0007: where the planner knows nothing of words it uses the index for all of them.
    for column in ("heading", "search"):
        op.execute(f"ALTER TABLE questions ALTER {column} SET STATISTICS 0")


def _create_search() -> None:
    op.execute(INDEX_QUESTION)
    op.execute(LEARN_QUESTION_WORDS)
    op.execute(
        "CREATE TRIGGER index_question BEFORE INSERT OR UPDATE OF asked, plain ON questions "
        "FOR EACH ROW EXECUTE FUNCTION index_question()"
    )
    op.execute(
        "CREATE TRIGGER learn_question_words AFTER INSERT OR UPDATE OF asked, plain, is_public, published_at, "
        "trashed_at ON questions FOR EACH ROW EXECUTE FUNCTION learn_question_words()"
    )


def _create_history() -> None:
    op.create_table(
        "question_revisions",
        text("question_id"),
        number("number"),
        moment("saved_at"),
        text("saved_by", nullable=True),
        text("saved_by_name"),
        sa.Column("text", JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_revisions_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["users.id"], name=op.f("fk_question_revisions_saved_by_users"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("question_id", "number", name=op.f("pk_question_revisions")),
    )
    op.create_index(op.f("ix_question_revisions_saved_by"), "question_revisions", ["saved_by"])


def _create_library() -> None:
    op.create_table(
        "resources",
        *(text(name) for name in ("id", "name", "url", "trouble")),
        moment("checked_at", nullable=True),
        number("version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resources")),
        sa.UniqueConstraint("url", name=op.f("uq_resources_url")),
    )


def _create_suggestions() -> None:
    op.create_table(
        "suggestions",
        *(text(name) for name in ("id", "question", "fingerprint", "remark", "name", "state", "decided_by_name")),
        *(text(name, nullable=True) for name in ("sheet_id", "grade", "question_id")),
        moment("created_at"),
        moment("decided_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["matrix_sheets.id"], name=op.f("fk_suggestions_sheet_id_matrix_sheets"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_suggestions_question_id_questions"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
    )
    op.create_index(op.f("ix_suggestions_sheet_id"), "suggestions", ["sheet_id"])
    op.create_index(op.f("ix_suggestions_question_id"), "suggestions", ["question_id"])
    waiting = sa.text("state = 'new'")
    op.create_index("ix_suggestions_waiting", "suggestions", ["fingerprint"], postgresql_where=waiting)
