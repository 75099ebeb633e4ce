"""Every verdict about a kiosk, once: is a computer ready, and how does a running kiosk do."""
