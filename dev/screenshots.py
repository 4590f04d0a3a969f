"""`make screenshots`: the pictures of the README, taken of a deployment of its own with the demo sites in it."""

import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from dev import chromium, ports
from dev.running import run
from dev.serve import app_environment, bring_up, say
from dev.services import running
from dev.sites import ROOT, Site
from dev.trouble import in_one_line

PICTURES = ROOT / "docs" / "screenshots"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
MOST_BYTES = 250_000
WIDE, PHONE = (1280, 860), (390, 844)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: where it is taken and how; *follow* is a link to take first."""

    name: str
    slug: str
    path: str
    theme: Literal["dark", "light"]
    size: tuple[int, int] = WIDE
    follow: str = ""
    is_desk: bool = False


SHOTS = (
    Shot(name="home-dark", slug="anna", path="/", theme="dark"),
    Shot(name="home-light", slug="boris", path="/", theme="light"),
    Shot(name="post", slug="anna", path="/blog/percentiles-lie", theme="light"),
    Shot(name="list-phone", slug="boris", path="/blog", theme="dark", size=PHONE),
    Shot(name="editor", slug="anna", path="/admin/blog?status=draft", follow="[data-edit]", theme="dark", is_desk=True),
    Shot(name="desk", slug="boris", path="/admin", theme="light", is_desk=True),
)


@asynccontextmanager
async def deployment(data: Path) -> AsyncIterator[dict[str, Site]]:
    """Both demo sites on a free port; nothing of them is left afterwards."""
    (ROOT / ".data" / "logs").mkdir(parents=True, exist_ok=True)
    async with running(data, is_fast=True, say=say) as services:
        port = ports.pick()
        environment = app_environment(services.addresses, services.memory, port) | {"TERRACE_LOG_LEVEL": "WARNING"}
        found = await bring_up(services, environment, port)
        yield {site.slug: site for site in found}


async def sign_in(page: Page, site: Site) -> None:
    await page.goto(f"{site.url}/login")
    await page.fill("[name=email]", site.owner_email)
    await page.fill("[name=password]", site.owner_password or "")
    await page.click("main button[type=submit]")
    await page.wait_for_url("**/admin")


async def take(browser: Browser, shot: Shot, site: Site) -> bytes:
    width, height = shot.size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if shot.size == PHONE else 1.5,
        color_scheme=shot.theme,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    if shot.is_desk:
        await sign_in(page, site)
    await page.goto(site.url + shot.path)
    if shot.follow:
        await page.locator(shot.follow).first.click()
    await page.wait_for_load_state("networkidle")
    await page.evaluate("document.fonts.ready.then(() => document.activeElement.blur())")
    taken = await page.screenshot()
    await context.close()
    return taken


def packed(taken: bytes) -> bytes:
    """WebP, a little coarser each time until it is small enough for a repository."""
    picture = Image.open(BytesIO(taken)).convert("RGB")
    tried = (_webp(picture, quality) for quality in range(88, 40, -8))
    return next((content for content in tried if len(content) <= MOST_BYTES), _webp(picture, 40))


def _webp(picture: Image.Image, quality: int) -> bytes:
    file = BytesIO()
    picture.save(file, "WEBP", quality=quality, method=6)
    return file.getvalue()


async def screenshots(folder: Path, program: str) -> None:
    async with deployment(folder / "data") as sites, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        for shot in SHOTS:
            content = packed(await take(browser, shot, sites[shot.slug]))
            (PICTURES / f"{shot.name}.webp").write_bytes(content)
            say(f"docs/screenshots/{shot.name}.webp, {len(content) // 1000} kB")
        await browser.close()


def main() -> int:
    program = chromium.find()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="terrace-screenshots-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # as root, PostgreSQL runs under an account that must pass through
        return run(screenshots(folder, program))


if __name__ == "__main__":
    sys.exit(in_one_line(main))
