"""Technologies, with their maturity, their evidence and their regulator's position."""

from macros.technology.macro import technologies
from macros.technology.record import KIND

MACROS = (technologies,)
__all__ = ["KIND", "MACROS"]
