import io

import segno


class SegnoQrCodes:
    """The picture takes its size from the page and its colours from the classes of its two parts."""

    def svg(self, text: str, *, title: str) -> str:
        made = io.BytesIO()
        segno.make(text, error="m", micro=False).save(
            made,
            kind="svg",
            xmldecl=False,
            svgns=False,
            title=title,
            svgclass="qr",
            lineclass="qr-dark",
            light="#fff",
            dark="#000",
            omitsize=True,
            border=4,
            nl=False,
        )
        return made.getvalue().decode().replace("<svg ", '<svg role="img" ', 1)
