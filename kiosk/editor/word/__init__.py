"""A Word file made into a page: opened safely, tidied, read, and told as ideas with pictures."""
