"""The page on which staff set a screen, its sound, the keys of a keypad and a switch."""
