from core.media.entities import MediaFile
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.etags import version_tag
from entrypoints.api.v1.media.models import MediaShown
from entrypoints.http.context import facts_of

BASE = "/api/v1/media"
STORING_SECONDS = 20.0


def file_model(request: ApiRequest, media: MediaFile) -> MediaShown:
    return MediaShown.of(media, site_url=facts_of(request.scope).base_url)


def file_answer(request: ApiRequest, media: MediaFile, *, status: int = 200, location: str | None = None) -> Answer:
    return shown(file_model(request, media), tag=version_tag(media.version), status=status, location=location)
