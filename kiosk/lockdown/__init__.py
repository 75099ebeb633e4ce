"""A kiosk that stands in a hall: a locked browser, started by itself, and watched."""
