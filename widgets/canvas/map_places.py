"""Where devices were put, kept in the settings, site by site. UI thread (QSettings)."""

import json
import logging
from collections.abc import Iterable

from PySide6.QtCore import QSettings

from noc_console.model.fleet import Inventory
from widgets.canvas.tier_layout import Arrangement

log = logging.getLogger(__name__)


def _key(site: str) -> str:
    return f"map/places/{site or '-'}"


def load(settings: QSettings, inventory: Inventory) -> tuple[dict[str, tuple[float, float]], set[str]]:
    """(remembered places, names placed by hand) of all sites; what cannot be read is as if it were not there."""
    places: dict[str, tuple[float, float]] = {}
    pinned: set[str] = set()
    for site in (*inventory.sites, ""):
        text = str(settings.value(_key(site), "") or "")
        if not text:
            continue
        try:
            kept = json.loads(text)
            places.update({str(name): (float(x), float(y)) for name, (x, y) in kept["places"].items()})
            pinned.update(str(name) for name in kept["pinned"])
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            log.warning("the places of site %r in the settings cannot be read: %s", site, fault)
    return places, pinned


def store(settings: QSettings, arrangement: Arrangement, pinned: Iterable[str], sites: Iterable[str]) -> None:
    """Keep the places of these sites."""
    places = arrangement.places()
    site_of = {band.key: band.site for band in arrangement.bands if band.key}
    site_of.update(zip(arrangement.names, arrangement.site_of, strict=True))
    by_hand = set(pinned)
    for site in sites:
        mine = {name: place for name, place in places.items() if site_of[name] == site}
        kept = {"places": mine, "pinned": sorted(by_hand & set(mine))}
        settings.setValue(_key(site), json.dumps(kept, separators=(",", ":")))


def forget(settings: QSettings, sites: Iterable[str]) -> None:
    """Forget all places: the next arrangement starts from the inventory."""
    for site in sites:
        settings.remove(_key(site))
