"""The HTTP service: an application of its own, or routes for another one."""

from .app import create_app, router
from .headers import HeadAsGet
from .limits import BodyLimit, Limits

__all__ = ["BodyLimit", "HeadAsGet", "Limits", "create_app", "router"]
