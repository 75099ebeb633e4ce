def told(*a): return ""
