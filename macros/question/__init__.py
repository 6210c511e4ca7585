"""Questions that readers ask, with their answers."""

from macros.question.macro import question_list, questions
from macros.question.record import KIND

MACROS = (questions, question_list)
__all__ = ["KIND", "MACROS"]
