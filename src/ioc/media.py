from dishka import Provider, Scope, provide, provide_all

from core.media.library import MediaLibrary
from core.media.shelf import MediaShelf
from core.media.storage import MediaStorage
from core.media.use_cases.delete_files import DeleteFiles
from core.media.use_cases.delete_media import DeleteMedia
from core.media.use_cases.edit_media import EditMedia
from core.media.use_cases.list_media import ListMedia
from core.media.use_cases.locate_media import LocateMedia
from core.media.use_cases.measure_media import MeasureMedia
from core.media.use_cases.open_media import OpenMedia
from core.media.use_cases.plant_media import PlantMedia
from core.media.use_cases.replace_media import ReplaceMedia
from core.media.use_cases.show_media import ShowMedia
from core.media.use_cases.upload_media import UploadMedia
from core.pictures import PictureLibrary, PictureShelf
from db.media import SqlMediaStorage


class MediaProvider(Provider):
    scope = Scope.REQUEST

    media = provide(SqlMediaStorage, provides=MediaStorage)
    library = provide(MediaLibrary, provides=PictureLibrary)
    shelf = provide(MediaShelf, provides=PictureShelf)
    use_cases = provide_all(
        DeleteFiles,
        DeleteMedia,
        EditMedia,
        ListMedia,
        LocateMedia,
        MeasureMedia,
        OpenMedia,
        PlantMedia,
        ReplaceMedia,
        ShowMedia,
        UploadMedia,
    )
