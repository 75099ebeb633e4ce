"""Pages and the library of a site."""
