"""All addresses of a site for search engines (sitemaps.org/protocol)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import quoteattr

from core.blog.addresses import address_of
from core.blog.storage import PostAddress
from core.competency_matrix.use_cases.list_question_addresses import MatrixAddress

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


def site_map(found: Sequence[PostAddress], base_url: str, *, matrix: Sequence[MatrixAddress] | None = None) -> bytes:
    """What came from elsewhere is left to its first address. *matrix* None: the site has none."""
    own = [address for address in found if not address.canonical_url]
    groups = defaultdict(list)
    for address in own:
        groups[address.group_id].append(address)
    newest = max((address.updated_at for address in own), default=None)
    lines = [_entry(f"{base_url}/", newest, ""), _entry(f"{base_url}/blog", newest, "")]
    for address in own:
        others = "".join(_alternates(groups[address.group_id], base_url))
        lines.append(_entry(_url(address, base_url), address.updated_at, others))
    lines += _of_matrix(matrix, base_url) if matrix is not None else []
    return (_HEAD + "".join(lines) + "</urlset>\n").encode()


def _of_matrix(found: Sequence[MatrixAddress], base_url: str) -> list[str]:
    newest = max((address.updated_at for address in found if address.updated_at), default=None)
    lines = [_entry(f"{base_url}/matrix", newest, "")]
    for address in found:
        path = f"/matrix/{address.sheet}" + (f"/{address.slug}" if address.slug else "")
        lines.append(_entry(base_url + path, address.updated_at, ""))
    return lines


def _alternates(group: Sequence[PostAddress], base_url: str) -> Iterator[str]:
    """A text names all its translations and itself."""
    if len(group) > 1:
        for other in group:
            href = quoteattr(_url(other, base_url))
            yield f'<xhtml:link rel="alternate" hreflang="{other.lang}" href={href}/>'


def _url(address: PostAddress, base_url: str) -> str:
    return base_url + address_of(address.kind, address.slug)


def _entry(url: str, changed_at: datetime | None, others: str) -> str:
    changed = f"<lastmod>{changed_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if changed_at else ""
    return f"<url><loc>{url}</loc>{changed}{others}</url>\n"
