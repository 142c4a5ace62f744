"""Parts that other packages bring, found by entry points.

A package that writes one more format or checks one more rule names it in its
own ``pyproject.toml``::

    [project.entry-points."stigraph.formats"]
    topojson = "their_package:FORMAT"

    [project.entry-points."stigraph.rules"]
    house-style = "their_package:check"

Nothing of it is imported until a user asks for it by that name.
"""

from __future__ import annotations

from importlib.metadata import entry_points

from stigraph.errors import UsageError

__all__ = ["FORMAT_GROUP", "RULE_GROUP", "load_plugin", "plugin_names"]

FORMAT_GROUP = "stigraph.formats"
RULE_GROUP = "stigraph.rules"


def plugin_names(group: str) -> dict[str, str]:
    """Return the names of the installed plug-ins of ``group`` and the package that brings each."""
    return {
        point.name: point.dist.name if point.dist else point.module
        for point in sorted(entry_points(group=group), key=lambda point: point.name)
    }


def load_plugin(group: str, name: str) -> object | None:
    """Return what the plug-in ``name`` of ``group`` points at, None if there is no such plug-in.

    Raises:
        UsageError: Two packages bring it, or it can't be imported.
    """
    found = tuple(entry_points(group=group, name=name))
    if not found:
        return None
    if len(found) > 1:
        packages = ", ".join(sorted(p.dist.name if p.dist else p.module for p in found))
        raise UsageError(
            f"{name} というプラグインが複数のパッケージにある：{packages}。一つだけにする",
            f"several packages bring a plug-in {name}: {packages}; keep one of them",
        )
    try:
        loaded: object = found[0].load()
    except Exception as error:  # anything may go wrong in code of others
        raise UsageError(
            f"プラグイン {name}（{found[0].value}）を読み込めない：{error}",
            f"the plug-in {name} ({found[0].value}) can't be loaded: {error}",
        ) from error
    return loaded
