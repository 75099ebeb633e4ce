"""Names that belong to the kiosk itself: no page or survey that staff make can have them.

A screen keeps all that it shows and says by name: under one of these, a file of the site would
take the place of what the kiosk makes.
"""

from __future__ import annotations

from kiosk.content.page import HOME

HELP = "about"  # the page behind Help: staff write it, with others of its part
YOU_SAID = "you-said"  # the page of what became of what people said
LANGUAGES = "languages"  # the page on which a language is chosen
NOT_HERE = "not-here"  # what stands in place of a page that is not here
INTERFACE = "interface"  # no page: what is said of the words around every page

# Name -> why it is taken, for staff.
RESERVED = {
    HOME: f'Only the first page of a site is named "{HOME}".',
    YOU_SAID: f'The kiosk makes the page "{YOU_SAID}" itself.',
    LANGUAGES: f'The kiosk makes the page "{LANGUAGES}" itself.',
    NOT_HERE: f'The kiosk makes the page "{NOT_HERE}" itself.',
    INTERFACE: f'The kiosk uses the name "{INTERFACE}" for its own words.',
}
