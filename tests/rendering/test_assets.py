"""Style sheets and scripts joined into one file each."""

from pathlib import Path

import pytest

from guide.rendering.assets import bundle, squeeze_script


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_tokens_come_first_then_names_in_order(tmp_path: Path) -> None:
    folder = write(tmp_path, z_css=".z {}", tokens_css=":root {}", a_css=".a {}\n\n", sub__b_css=".b {}", x_js="x")
    assert bundle("css", [folder]).content == ":root{}.a{}.b{}.z{}\n"


def test_name_changes_with_the_content_only(tmp_path: Path) -> None:
    one = bundle("css", [write(tmp_path / "one", a_css=".a {}")])
    same = bundle("css", [write(tmp_path / "same", a_css=".a {}\n")])
    other = bundle("css", [write(tmp_path / "other", a_css=".b {}")])
    assert one.name == same.name != other.name
    assert one.name.startswith("assets/guide.")
    assert one.name.endswith(".css")


def test_folder_without_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no .css file"):
        bundle("css", [tmp_path])


def test_squeezed_script_keeps_what_runs() -> None:
    script = '/* a\n * b */\nfunction f() {\n  // c\n\n  /* d */\n  return "/* e */ // f"; // g\n}\n'
    assert squeeze_script(script) == 'function f() {\nreturn "/* e */ // f"; // g\n}\n'


def test_each_script_is_closed_off_from_the_next(tmp_path: Path) -> None:
    script = bundle("js", [write(tmp_path, a_js="/* A. */\nfirst();", b_js="second();")]).content
    assert [line for line in script.split("\n") if line] == [
        *("try {", "first();", "} catch (error) {", "setTimeout(function () { throw error; });", "}"),
        *("try {", "second();", "} catch (error) {", "setTimeout(function () { throw error; });", "}"),
    ]
