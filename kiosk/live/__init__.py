"""The running site: what is served now, watched and made anew, and its sounds kept ready."""
