"""Draws the pictures of the demo sites: `python -m dev.pictures`. The same input gives the same bytes."""

import sys
from collections.abc import Callable
from pathlib import Path

from dev.pictures import anna_diagrams, anna_scenes, boris_diagrams, boris_scenes, boris_systems
from dev.pictures.canvas import FONTS, Canvas

TENANTS = Path(__file__).parents[2] / "tenants"

PICTURES: dict[str, dict[str, Callable[[], Canvas]]] = {
    "anna": {
        "portrait": anna_scenes.portrait,
        "row-of-houses": anna_scenes.row_of_houses,
        "archipelago": anna_scenes.archipelago,
        "calm-year": anna_scenes.calm_year,
        "bookshelf": anna_scenes.bookshelf,
        "mvcc": anna_diagrams.mvcc,
        "latency": anna_diagrams.latency,
        "queue": anna_diagrams.queue,
        "outbox": anna_diagrams.outbox,
        "retries": anna_diagrams.retries,
        "recovery": anna_diagrams.recovery,
    },
    "boris": {
        "portrait": boris_scenes.portrait,
        "ridges": boris_scenes.ridges,
        "night-window": boris_scenes.night_window,
        "bookshelf": boris_scenes.bookshelf,
        "route": boris_diagrams.route,
        "packet-path": boris_systems.packet_path,
        "vxlan": boris_systems.vxlan,
        "backlog": boris_systems.backlog,
        "throttling": boris_diagrams.throttling,
        "utilisation": boris_diagrams.utilisation,
        "copies": boris_systems.copies,
        "rollout": boris_diagrams.rollout,
    },
}


def main() -> int:
    if not FONTS.is_dir():
        print("The pictures are lettered in Inter: apt-get install fonts-inter", file=sys.stderr)
        return 1
    for site, pictures in PICTURES.items():
        folder = TENANTS / site / "content" / "media"
        folder.mkdir(parents=True, exist_ok=True)
        for name, draw in pictures.items():
            target = folder / f"{name}.webp"
            draw().save(target)
            print(f"{target.relative_to(TENANTS)}  {target.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
