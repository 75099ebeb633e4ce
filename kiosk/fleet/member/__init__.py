"""A kiosk that belongs to a centre: how it joins, and what it sends."""
