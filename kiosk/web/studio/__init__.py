"""The studio: staff change pages in a browser. It is a process of its own, on a port of its own.

Its frame is Streamlit's, as the kiosk's is; what staff see is a component that owns its text. No
word that is typed travels through Streamlit: its state loses some of them while a script runs
again. Sign-in, the list and the editor talk with the routes beside it:

- A cookie that no script reads says who is signed in, which Streamlit's own widgets cannot set.
- A list of a thousand pages, each with a picture and 44 px to press, is no table of Streamlit's.
- The editor keeps what is typed in the browser until it is saved.
"""
