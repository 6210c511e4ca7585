"""The blank form of a worksheet as a FHIR Questionnaire, for the record systems of clinics.

It has only what FHIR R4 and R4B share. Parts are groups, and repeat where the worksheet does; fields are questions, and
their help stands below them. What the guide works out and says from answers is no part of it: FHIR itself has no
formulas, and a note without the question that it answers would mislead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guide.model.inline import plain_text
from guide.model.kind import Publication
from macros.worksheet.record import SCALE, Field, Part, Worksheet
from macros.worksheet.words import words_of

if TYPE_CHECKING:
    from guide.rendering.page import PageRenderer

Item = dict[str, Any]

_EXTENSIONS = "http://hl7.org/fhir/StructureDefinition/"
_LENGTHS = {"text": 200, "lines": 2000, "phone": 40}
_TYPES = {
    "text": "string",
    "lines": "text",
    "number": "decimal",
    "money": "decimal",
    "percent": "decimal",
    "date": "date",
    "time": "time",
    "phone": "string",
    "choice": "choice",
    "many": "choice",
    "scale": "choice",
    "tick": "boolean",
    "person": "group",
}


def questionnaire(page: PageRenderer, worksheet: Worksheet, publication: Publication) -> dict[str, Any]:
    """Return a worksheet as a Questionnaire.

    Args:
        page: Looks up what the worksheet names.
        worksheet: What it is made from.
        publication: Who publishes it, and where.
    """
    description = page.words["worksheet-fhir"].format(when=plain_text(worksheet.when))
    return {
        "resourceType": "Questionnaire",
        "id": worksheet.id,
        "language": page.language,
        "url": publication.address,
        "version": publication.version,
        "name": "".join(word.capitalize() for word in worksheet.id.split("-")),
        "title": worksheet.title,
        "status": "active",
        "subjectType": ["Patient"],
        "date": worksheet.sources_checked.isoformat(),
        "publisher": publication.publisher,
        "description": f"{description} {publication.disclaimer}",
        **({"copyright": publication.license} if publication.license else {}),
        "lastReviewDate": worksheet.sources_checked.isoformat(),
        "item": [*_help_now(page, worksheet), *(each for part in worksheet.parts for each in _part(page, part))],
    }


def _help_now(page: PageRenderer, worksheet: Worksheet) -> list[Item]:
    """Return what to do first in danger, and the lines to call."""
    cards = [page.record("care-cards", card) for card in worksheet.danger]
    lines = [page.record("helplines", line) for line in worksheet.helplines]
    texts = [f"{card.title}. {plain_text(card.steps[0])}" for card in cards]
    texts += [f"{line.name}: {line.number}" for line in lines if line.number]
    return [_display(f"_help.{number}", text) for number, text in enumerate(texts, 1)]


def _part(page: PageRenderer, part: Part) -> list[Item]:
    """Return the group of a part; nothing if there's nothing to fill in."""
    questions = [_question(page, part, field) for field in part.fields]
    if part.weigh:
        values = page.record("comparisons", part.weigh).values
        least, most = page.words["worksheet-least"], page.words["worksheet-most"]
        questions = [_rating(f"{part.id}.{value.id}", value.ask, least, most) for value in values]
    if not questions:
        return []
    text = [_display(f"{part.id}._text", plain_text(part.text))] if part.text else []
    group: Item = {"linkId": part.id, "text": part.title, "type": "group", "item": [*text, *questions]}
    if part.repeat:
        group |= {"repeats": True, "extension": [_extension("questionnaire-maxOccurs", valueInteger=part.repeat.count)]}
    return [group]


def _question(page: PageRenderer, part: Part, field: Field) -> Item:
    said = words_of(page.guide, field)
    link, ask = f"{part.id}.{field.id}", plain_text(said.ask)
    if field.type == "scale":
        question = _rating(link, ask, field.low or "", field.high or "")
    else:
        unit = field.unit or {"money": page.words["worksheet-fhir-money"], "percent": "%"}.get(field.type)
        question = {"linkId": link, "text": f"{ask} ({unit})" if unit else ask, "type": _type(field)}
    question |= {"maxLength": _LENGTHS[field.type]} if field.type in _LENGTHS else {}
    if field.type in ("number", "money", "percent"):
        value = "valueInteger" if _type(field) == "integer" else "valueDecimal"
        question["extension"] = [
            _extension("minValue", **{value: field.least}),
            _extension("maxValue", **{value: field.most}),
        ]
    if field.options:
        question["answerOption"] = [_option(option.id, option.name) for option in field.options]
        question |= {"repeats": True} if field.type == "many" else {}
    if field.type == "person":
        question["item"] = [
            {"linkId": f"{link}.name", "text": page.words["worksheet-name"], "type": "string", "maxLength": 200},
            {"linkId": f"{link}.phone", "text": page.words["worksheet-phone"], "type": "string", "maxLength": 40},
        ]
    help_text = " ".join(plain_text(text) for text in (said.hint, said.why) if text)
    if help_text:
        question["item"] = [_display(f"{link}._help", help_text), *question.get("item", [])]
    return question


def _type(field: Field) -> str:
    return "integer" if field.type == "number" and not field.decimals else _TYPES[field.type]


def _rating(link: str, ask: str, low: str, high: str) -> Item:
    ends = {1: f"1 ({low})", SCALE: f"{SCALE} ({high})"}
    steps = [_option(str(step), ends.get(step, str(step))) for step in range(1, SCALE + 1)]
    return {"linkId": link, "text": plain_text(ask), "type": "choice", "answerOption": steps}


def _option(code: str, display: str) -> Item:
    return {"valueCoding": {"code": code, "display": display}}


def _display(link: str, text: str) -> Item:
    return {"linkId": link, "text": text, "type": "display"}


def _extension(name: str, **value: int) -> Item:
    return {"url": _EXTENSIONS + name, **value}
