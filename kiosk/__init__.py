"""The easy-read kiosk: shows easy-read pages, reads them aloud, and listens to what people say."""

__version__ = "0.1.0"
