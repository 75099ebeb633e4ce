"""The studio with a script of Streamlit that runs again every half second: nothing may be lost."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.config import load_site

SCRIPT = """\
import time
import streamlit as st

st.set_page_config(page_title="Studio", layout="wide")
studio = st.components.v2.component("kiosk.studio", js="component.js", isolate_styles=False)
studio(key="studio")

@st.fragment(run_every=0.5)
def again():
    st.write(time.time())

again()
"""


@click.command()
@click.option("--site", type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(path_type=Path))
@click.option("--port", type=int)
@click.option("--no-open", is_flag=True)
def serve(site: Path, data: Path, port: int, no_open: bool) -> None:
    """Serve it."""
    from kiosk.web.studio.app import serve as run

    main = data.parent / "again_main.py"
    main.write_text(SCRIPT)
    run(load_site(site, data), None, port, show=not no_open, report=click.echo, main=main)


if __name__ == "__main__":
    serve()
