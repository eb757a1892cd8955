"""Finds the views: each module of `widgets.views` ends in its declaration."""

import importlib
import pkgutil

from widgets import views
from widgets.view import ViewDeclaration


def find_views() -> list[ViewDeclaration]:
    """Declarations of all views, in the order of the rail. Imports their modules."""
    found: list[ViewDeclaration] = []
    for module in pkgutil.iter_modules(views.__path__, "widgets.views."):
        named = vars(importlib.import_module(module.name)).values()
        found += [value for value in named if isinstance(value, ViewDeclaration) and value not in found]
    return sorted(found, key=lambda view: view.order)
