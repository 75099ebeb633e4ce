"""What people said, for staff: counted, as words, a page or a table, and the reply to it begun."""
