"""What contributors look up, read from code so that it is never stale: every macro, and every field."""

from macros.manual.macro import field_reference, macro_reference

MACROS = (macro_reference, field_reference)
__all__ = ["MACROS"]
