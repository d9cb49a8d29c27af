"""Where the installed packages keep their files."""

import importlib.util
from pathlib import Path

from .errors import MissingSource


def existing(path: Path, package: str) -> Path:
    """The path itself, or an error that names the package that brings it."""
    if not path.exists():
        raise MissingSource(package, str(path))
    return path


def python_package(module: str, package: str) -> Path:
    """The folder of an installed Python package, which is not imported."""
    found = importlib.util.find_spec(module)
    if found is None or not found.submodule_search_locations:
        raise MissingSource(package, f"Python module {module}")
    return Path(found.submodule_search_locations[0])
