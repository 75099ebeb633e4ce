"""The script that Streamlit runs for the studio: all that staff see is one component."""

from __future__ import annotations

import streamlit as st

st.set_page_config(page_title="Studio", layout="wide")
studio = st.components.v2.component("kiosk.studio", js="component.js", isolate_styles=False)
studio(key="studio")
