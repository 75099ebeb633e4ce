"""What a visitor sees, without a server: pages, questions and words as HTML; the front end."""
