"""The voice: sentences in, sound with the time of every word out.

Import what you need from the modules: `narrator` for a list of sentences, `engine` for what an
engine is. This file imports nothing, because the worker process must stay small.
"""
