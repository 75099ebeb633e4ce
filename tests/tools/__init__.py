"""What several rooms' tests share: a browser, a running kiosk, tiny sites, and waiting."""
