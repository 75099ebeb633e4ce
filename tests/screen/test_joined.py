"""All modules of the front end as one do what they do apart."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.screen.document import modules_of, run_by
from kiosk.screen.joined import as_one, head_of_joined, script, style


def folder(at: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (at / f"{name}.js").write_text(text)
    return at


@pytest.mark.parametrize("entry", ["main.js", "copy.js"])
def test_each_module_is_there_once_after_those_that_it_needs(entry: str) -> None:
    text = script(entry).text
    there = re.findall(r"\(\(\) => \{ // (\S+)$", text, re.MULTILINE)
    assert sorted(there) == sorted(set(modules_of(entry)))
    run = run_by(entry)
    assert [one for one in there if one in run] == run
    for number, part in enumerate(text.split("const module")[1:]):
        needed = re.findall(r"= module(\d+);", part)
        assert all(int(one) <= number for one in needed)


def test_a_change_of_one_module_gives_the_whole_another_name() -> None:
    names = re.findall(r'joined/([^"]+)"', head_of_joined("main.js"))
    assert names == [style().name, script("main.js").name]
    assert len({*names, script("copy.js").name}) == 3


def test_names_are_given_and_taken_as_between_modules(tmp_path: Path) -> None:
    here = folder(
        tmp_path,
        low="export const two = 2;\nexport function add(a, b) {\n  return a + b;\n}\n",
        mid='import { add as plus, two } from "./low.js";\nconst add = 1;\n'
        "export class Sum {\n  get all() {\n    return plus(add, two);\n  }\n}\n",
        top='import { Sum } from "./mid.js";\nimport "./low.js";\n'
        "console.log(new Sum().all, import.meta.url);\n",
    )
    (here / "joined").mkdir()
    whole = here / "joined" / "all.mjs"
    whole.write_text(as_one(["top.js"], here))
    deno = shutil.which("deno", path=Path(sys.executable).parent)
    assert deno, f"deno is not installed beside {sys.executable}."
    done = subprocess.run(
        [deno, "run", "--quiet", "--no-remote", whole], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"3 {(here / 'top.js').as_uri()}\n"


@pytest.mark.parametrize(
    "module",
    [
        "export default 1;\n",
        "export let changing = 1;\n",
        "await 1;\n",
        'const later = () => import("./low.js");\n',
        'import * as low from "./low.js";\n',
        'import { one } from "./top.js";\n',
    ],
)
def test_what_only_a_module_by_itself_can_say_is_refused(tmp_path: Path, module: str) -> None:
    here = folder(tmp_path, low="export const one = 1;\n", top=module)
    with pytest.raises(ValueError, match=r"cannot be joined"):
        as_one(["top.js"], here)
