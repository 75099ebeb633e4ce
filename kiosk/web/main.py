"""The script that Streamlit runs: the whole public screen is one component."""

from __future__ import annotations

import streamlit as st

st.set_page_config(layout="wide")
screen = st.components.v2.component("kiosk.screen", js="component.js", isolate_styles=False)
screen(key="screen")
