"""The screen: the Streamlit app that carries it, its routes, and the front end."""
