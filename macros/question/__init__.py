"""Questions with their answers, and a list that leads to them."""

from guide.model.kind import Kind, Stored
from macros.question.macro import block, question_list, questions, short
from macros.question.record import Questions

KIND = Kind(
    "questions",
    Questions,
    Stored.LIST_WITH_HEAD,
    "questions",
    order=120,
    title="question",
    summary="answer",
    block=block,
    anchor="question-",
    csv=("id", "topic", "question", "answer", "references"),
    short=short,
)
MACROS = (
    questions,
    question_list,
)
__all__ = ["KIND", "MACROS"]
