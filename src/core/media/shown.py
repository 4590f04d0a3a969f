"""What a page says of a picture beside its address."""

from core.markdown import ShownPicture, Variant
from core.media.entities import MediaFile


def shown_picture(media: MediaFile) -> ShownPicture:
    """All sizes by addresses that never change, the full one among them; none for a picture of before there were
    variants."""
    whole = Variant(key=media.lasting_key, content_type=media.content_type, width=media.width)
    parts = (
        Variant(key=variant.key, content_type=variant.content_type, width=variant.width) for variant in media.variants
    )
    variants = (whole, *parts) if media.variants else ()
    return ShownPicture(width=media.width, height=media.height, colour=media.colour, variants=variants)
