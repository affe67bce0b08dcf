"""Holds a site's cookie-consent dialogs against California's opt-out law and against the site's own words."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("consentcheck")
except PackageNotFoundError:  # a checkout that is not installed
    __version__ = "0+unknown"
