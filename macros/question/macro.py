"""Questions with their answers, and a list that leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from guide.model.macro import macro
from guide.model.problems import UnknownId

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer
    from macros.question.record import Question


@macro(choices=lambda guide: {question.topic for question in guide.records("questions").values()}, order=120)
def questions(page: PageRenderer, topic: str | None = None) -> Markup:
    """Show questions with their answers.

    Args:
        topic: A topic, such as one of those named in data/labels/; all when left out.
    """
    topics = {question.topic for question in page.guide.records("questions").values()}
    if topic is not None and topic not in topics:
        raise UnknownId("the topics of questions", topic, topics)
    shown = [question for question in page.guide.records("questions").values() if topic in (None, question.topic)]
    return page.render("questions.html.j2", "questions", None, questions=shown)


@macro(shows="questions", example=False, order=130)
def question_list(page: PageRenderer) -> Markup:
    """List every question, as links to where the answers stand."""
    site = page.guide.site
    answers = site.questions_page if site and site.questions_page else ""
    listed = page.guide.records("questions").values()
    return page.render("question-list.html.j2", "questions", None, questions=listed, answers=answers)


def block(page: PageRenderer, question: Question) -> Markup:
    """Show one question by itself."""
    return page.render("questions.html.j2", None, None, questions=[question])


def short(page: PageRenderer, questions: list[Question], only: list[str]) -> Markup:
    """Show questions with their answers in short."""
    if only:
        raise UnknownId("the parts of a question", only[0], ())
    return page.render("questions-short.html.j2", None, None, questions=questions)
