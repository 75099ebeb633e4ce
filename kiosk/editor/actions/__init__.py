"""What staff do to pages, one class for each: the studio and the commands share them.

`check()` raises what stands against an action and changes nothing. `execute()` checks again, under
a lock that all writers of a site share, and does it whole or not at all. Each action that changes a
file carries the hash of what was opened: what somebody else wrote meanwhile is never written over.
"""
