"""The user's inventory: TOML in, `noc_console.model.fleet.Inventory` out, or every mistake in it at once."""

from noc_console.inventory.loading import Loaded, load
from noc_console.inventory.mistakes import InventoryError, Mistake

__all__ = ["InventoryError", "Loaded", "Mistake", "load"]
