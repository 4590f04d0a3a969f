"""uvicorn's HTTP protocol, and what it would otherwise forget."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from entrypoints.http.request_ids import new_request_id

AUTHORITY = "terrace.authority"
_GUARDS = (
    b"cache-control: no-store\r\n",
    b"content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n",
    b"referrer-policy: same-origin\r\n",
    b"x-content-type-options: nosniff\r\n",
)
"""The envelope's common headers, as far as a line of plain text needs them: no application has been asked yet."""


class HostAwareProtocol(HttpToolsProtocol):
    """Hands the authority of an absolute-form target (RFC 9112, 3.2.2) to the application, in the scope's extensions:
    uvicorn keeps only the path, and a Host header that differs would go unnoticed."""

    def on_headers_complete(self) -> None:
        target = self.url
        if not target.startswith(b"/") and b"://" in target:
            authority = target.partition(b"://")[2].partition(b"/")[0].partition(b"?")[0]
            self.scope["extensions"] = {AUTHORITY: {"value": authority}}
            if b"/" not in target.partition(b"://")[2]:
                self.url = target.replace(b"?", b"/?", 1) if b"?" in target else target + b"/"
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        body = msg.encode("ascii")
        lines = [
            STATUS_LINE[400],
            b"content-type: text/plain; charset=utf-8\r\n",
            b"content-length: " + str(len(body)).encode() + b"\r\n",
            *_GUARDS,
            b"x-request-id: " + new_request_id().encode() + b"\r\n",
            b"connection: close\r\n\r\n",
            body,
        ]
        self.transport.write(b"".join(lines))
        self.transport.close()
