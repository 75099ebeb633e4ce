"""Releases: the pages of a site as they go out to kiosks, and who vouches for them.

The files of The Update Framework (TUF) and blobs, in one folder with plain names. It is the same
folder at the publisher, on a memory stick, and as rows of the centre's database.
"""
