"""Pictures outside of texts: in the sizes and formats that a browser may choose from."""

from __future__ import annotations

from collections.abc import Iterator

from core.markdown import ShownPicture, Variant
from entrypoints.web.addresses import media_url
from entrypoints.web.views import PictureSource, PictureView

BETTER = ("image/avif", "image/webp")
COVER_SIZES = "(min-width: 48rem) 44rem, 92vw"


def picture_view(key: str, alt: str, shown: ShownPicture | None, *, sizes: str = COVER_SIZES) -> PictureView:
    """*shown* None: only its address is known."""
    if shown is None:
        return PictureView(url=media_url(key), alt=alt)
    fallbacks = [variant for variant in shown.variants if variant.content_type not in BETTER]
    return PictureView(
        url=media_url(max(fallbacks, key=_width).key if fallbacks else key),
        alt=alt,
        width=shown.width,
        height=shown.height,
        tone=shown.tone,
        sources=tuple(_sources(shown)),
        sizes=sizes,
    )


def _sources(shown: ShownPicture) -> Iterator[PictureSource]:
    """The lighter format first; the narrowest width first."""
    for content_type in BETTER:
        variants = sorted((one for one in shown.variants if one.content_type == content_type), key=_width)
        if variants:
            srcset = ", ".join(f"{media_url(variant.key)} {variant.width}w" for variant in variants)
            yield PictureSource(content_type=content_type, srcset=srcset)


def _width(variant: Variant) -> int:
    return variant.width
