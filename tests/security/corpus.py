"""Things that programs and vandals send."""

from __future__ import annotations

LONG = "x" * 5000
PIECES = (
    "%00", "%ff", "%ED%A0%80", "%F0%9F%92%A9", "%2e%2e", "%2F", "..%2f..%2fetc%2fpasswd", "%22%3E%3Cscript%3E", "%27--",
    "0", "-1", "9" * 400, LONG, "%D9%A3", "null", "%E2%80%AE", "%0d%0aSet-Cookie:x=1", "*", "{}", "a.b.c", "%25s%25n",
)  # fmt: skip
QUERIES = (
    "page=0", "page=-1", "page=1e9", f"page={'9' * 30}", "page=999999999", "page=%D9%A3", "page=", "page=1&page=2",
    "limit=0", "limit=101", f"limit={'9' * 30}", "limit=-1", "limit=1.5", "limit=NaN", "limit=",
    "cursor=x", "cursor=%00", "cursor=e30", "cursor=W10", "cursor=bnVsbA", f"cursor={LONG}", "cursor=MTY5OTk5OTk5OXww",
    f"q={LONG}", "q=%25", "q=%5C", "q=_%25_", "q=%F0%9F%92%A9", "q=%27%22%3B--", "q=%ff", "q=%00", "q=%ED%A0%80", "q",
    "status=x", "status=trashed", "lang=x", "slug=%2F", f"tag={LONG}", "accent=%23zzzzzz", "next=//evil.example",
    "&&&===", "=", "%", "a[]=1&a[b]=2", "&".join(f"a{n}=1" for n in range(200)), "even_if_used=maybe", "csrf_token=x",
)  # fmt: skip
DEEP = 100_000
JSONS = (
    b"", b"{", b"nonsense", b"null", b"[]", b'"x"', b"1", b"NaN", b'{"title": NaN}', b"\xff\xfe{}", b"\x00",
    b'{"title": "\\u0000"}', b'{"title": "\\ud800"}', b'{"title": 1}', b'{"title": null}', b'{"title": ["x"]}',
    b'{"title": {"a": {}}}', b'{"title": "x", "title": "y"}', b'{"\\u0000": 1}', b'{"__proto__": {}}',
    b'{"title": 1e999}', b'{"version": ' + b"9" * 5000 + b"}", b"[" * DEEP, b'{"a":' * DEEP, b"[" * DEEP + b"]" * DEEP,
    b'{"tags": [' + b'"a",' * 5000 + b'"a"]}', b'{"title": "x", "tags": ["' + b"t" * 5000 + b'"]}',
    b'{"title": "' + b"x" * 500_000 + b'"}', b'{"email": "' + b"x" * 500_000 + b'", "password": "x"}',
    b'{"email": "a@b.example", "password": "' + b"x" * 500_000 + b'"}', b'{"refresh_token": "' + b"v" * 100_000 + b'"}',
    b'{"title": "x", "slug": "' + b"s" * 5000 + b'"}', b'{"title": "x", "body": "' + b"[a](b" * 20_000 + b'"}',
    b'{"published_at": "9999-12-31T23:59:60Z"}', b'{"published_at": "0000-00-00"}', b'{"published_at": 1e18}',
    b'{"published_at": "9999-12-31T23:59:59-23:59"}', b'{"published_at": "0001-01-01T00:00:00+23:59"}',
    b'{"time_zone": "../../etc/passwd"}', b'{"time_zone": "\\u0001"}', b'{"locale": "xx"}', b'{"accent": "#zzz"}',
    b'{"menu": [{"label": "x", "url": "javascript:alert(1)"}]}', b'{"sections": ["x", "x"]}', b'{"picture": "../x"}',
    b'{"cover": "' + b"c" * 5000 + b'"}', b'{"alt": "' + b"\\u202e" * 5000 + b'"}',
)  # fmt: skip
FORMS = (
    b"", b"%", b"%ff=%ff", b"%00=%00", b"title=%00", b"title=%ed%a0%80", b"version=-1", b"version=" + b"9" * 400,
    b"version=x", b"intent=x", b"=&=&=", b"title", b"title=" + b"x" * 500_000,
    b"&".join(b"a%d=1" % n for n in range(5000)),
    b"menu-0-label=x&menu-0-url=javascript:x", b"menu-99999999999999999999-label=x", b"body=" + b"%5B" * 50_000,
    b"tags=" + b"a," * 5000, b"slug=" + b"s" * 5000, b"lang=xx", b"accent=red", b"time_zone=..%2F..%2Fx", b"locale=%27",
    b"email=" + b"e" * 100_000, b"email=a%40b&password=" + b"p" * 100_000, b"name=%0a%0d", b"next=%0a//evil.example",
    b"picture=..%2F..", b"cover=%00", "title=é".encode("latin-1"), b"\xff\xfe\x00",
)  # fmt: skip
TYPES = (
    "", "text/plain", "application/xml", "application/json; charset=utf-16", "application/json; charset=", "x", "/",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "a" * 4000, "\xff",
    'application/json; charset="', "application/x-www-form-urlencoded; charset=utf-7", "multipart/mixed; boundary=x",
)  # fmt: skip
PARTS = (
    b"--x\r\n\r\n", b"--x--\r\n", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\xff"\r\n\r\n\x89PNG\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="../../a.png"\r\n\r\n\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="\x00"\r\n\r\na\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="alt"\r\n\r\n\xff\x00\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="file"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--\r\n',
    b"--x\r\n" + b"A: b\r\n" * 3000 + b"\r\na\r\n--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n\r\n' * 3000 + b"--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n' + b"\x89PNG\r\n\x1a\n" * 99,
    b"\r\n" * 5000, b"-" * 100_000, b"--x\r\nContent-Disposition: form-data; name*=utf-8''%ff\r\n\r\na\r\n--x--\r\n",
)  # fmt: skip
HEADERS: tuple[tuple[str, str], ...] = (
    ("if-match", ""), ("if-match", '"'), ("if-match", f'"{"9" * 400}-json"'), ("if-match", 'W/"1-json"'),
    ("if-match", '"0-json", "1-json", *'), ("if-match", "\xff"), ("if-none-match", '"' * 3000),
    ("if-none-match", "\xff"), ("if-modified-since", "x"), ("range", "bytes=-"), ("range", f"bytes={'9' * 30}-"),
    ("range", "bytes=5-1"), ("range", "bytes=0-0,2-2"), ("range", "lines=1-2"), ("if-range", '"\xff"'),
    ("accept", "\xff"), ("accept", "application/json;q=x"), ("accept-language", "\xff"),
    ("accept-language", "x" * 5000),
    ("accept-language", "en;q=NaN, ru;q=1e999, *;q=-1, -;q="), ("accept-encoding", "gzip;q=x, \xff"),
    ("authorization", ""), ("authorization", "Bearer"), ("authorization", "Bearer \xff"),
    ("authorization", "Basic Og=="),
    ("authorization", "Bearer v4.local." + "A" * 5000), ("authorization", "Bearer v4.public.AAAA"),
    ("authorization", "Bearer v4.local.AAAA.\xff"), ("cookie", "\xff=\xff; =; ;;"), ("cookie", "x" * 5000),
    ("content-length", "0"), ("content-encoding", "gzip"), ("transfer-encoding", "gzip"), ("expect", "100-continue"),
    ("idempotency-key", ""), ("idempotency-key", "\xff"), ("idempotency-key", "x" * 5000), ("origin", "\xff"),
    ("sec-fetch-site", "\xff"), ("hx-request", "\xff"), ("hx-current-url", "\xff"),
    ("hx-current-url-uri-autoencoded", "true"),
    ("x-forwarded-for", "\xff, x, 999.1.1.1"), ("x-forwarded-host", "\xff"), ("x-request-id", "\xff"),
    ("user-agent", "\xff"),
    ("x-http-method-override", "DELETE"), ("connection", "upgrade"), ("referer", "\xff"), ("x-csrf-token", "\xff"),
)  # fmt: skip
