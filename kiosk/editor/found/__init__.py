"""What a file says, whatever kind of file it is: blocks, then ideas with pictures, then a page."""
