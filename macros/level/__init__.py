"""Levels: the steps of care. Charts and cells of comparisons show them."""

from macros.level.record import KIND

__all__ = ["KIND"]
