"""The web: Streamlit, the routes beside it, and what guards them."""
