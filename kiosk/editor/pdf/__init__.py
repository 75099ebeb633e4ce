"""A PDF made into a page: it knows only places on paper, so what belongs together is found anew."""
