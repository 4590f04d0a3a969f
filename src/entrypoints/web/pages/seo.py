"""From a page to what engines are told of it."""

from __future__ import annotations

from typing import Any

from jinja2.utils import htmlsafe_json_dumps

from core.blog.entities import Post, PostKind
from core.site.entities import SiteSettings
from entrypoints.web.views import PostPage
from entrypoints.web.views.seo import Alternate, Seo

LOCALES = {"en": "en_GB", "ru": "ru_RU"}
_CONTEXT = "https://schema.org"


def site_seo(site: SiteSettings, base_url: str) -> Seo:
    """Of the home page: a person and her site."""
    data = {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": site.title,
        "url": f"{base_url}/",
        "inLanguage": site.locale,
        **({"description": site.tagline} if site.tagline else {}),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{base_url}/blog?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }
    return Seo(
        title=site.title,
        url=f"{base_url}/",
        description=site.tagline,
        lang=LOCALES.get(site.locale, ""),
        data=htmlsafe_json_dumps(data),
    )


def list_seo(title: str, url: str, site: SiteSettings) -> Seo:
    """Of a list of posts, which is told by what it lists, whose it is and what that is about."""
    words = f"{title} · {site.title}" + (f". {site.tagline}" if site.tagline else "")
    return Seo(title=title, url=url, description=words, lang=LOCALES.get(site.locale, ""))


def post_seo(post: Post, page: PostPage, site: SiteSettings, base_url: str) -> Seo:
    """Of a post (schema.org/BlogPosting) or a free page (schema.org/WebPage)."""
    own_url = base_url + page.url
    image = f"{base_url}/share/{post.kind.value}/{post.slug}.png"
    is_post = post.kind is PostKind.POST
    return Seo(
        title=page.meta_title,
        url=page.canonical_url,
        description=page.meta_description,
        lang=LOCALES.get(post.lang, ""),
        image=image,
        image_alt=post.title,
        author=post.author_name,
        published_at=page.published_at if is_post else None,
        updated_at=max(post.updated_at, page.published_at),
        tags=post.tags,
        alternates=_alternates(page, own_url, base_url),
        data=htmlsafe_json_dumps(_data(post, page, site, base_url, image)),
    )


def _alternates(page: PostPage, own_url: str, base_url: str) -> tuple[Alternate, ...]:
    """All translations name all of them (developers.google.com/search/docs/specialty/international)."""
    if not page.translations:
        return ()
    own = Alternate(lang=page.lang, url=own_url)
    return (own, *(Alternate(lang=other.lang, url=base_url + other.url) for other in page.translations))


def _data(post: Post, page: PostPage, site: SiteSettings, base_url: str, image: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "BlogPosting" if post.kind is PostKind.POST else "WebPage",
        "@id": base_url + page.url,
        "headline": post.title,
        "url": base_url + page.url,
        "inLanguage": post.lang,
        "datePublished": page.published_at.isoformat(),
        "dateModified": max(post.updated_at, page.published_at).isoformat(),
        "image": image,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": f"{base_url}/"},
    }
    if page.meta_description:
        found["description"] = page.meta_description
    if post.author_name:
        author = {"@type": "Person", "name": post.author_name}
        found["author"] = {**author, "url": base_url + page.author_url} if page.author_url else author
    if post.kind is PostKind.POST:
        found |= {"wordCount": post.words, "publisher": {"@type": "Organization", "name": site.title}}
        found |= {"keywords": list(post.tags)} if post.tags else {}
    return found
