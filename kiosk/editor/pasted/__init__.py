"""What was copied from another program, as HTML, made into a page."""
