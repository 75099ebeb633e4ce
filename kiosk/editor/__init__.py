"""What staff do with pages: begin, translate, take over from Word, and check all texts.

`import_word` reads a `.docx` and writes a page that is a draft, and the pictures that it shows.
Nothing that is there is ever written over, and a file that cannot be used leaves nothing behind.
"""

from kiosk.editor.word.importing import Imported, import_word
from kiosk.editor.word.notes import LeftOut

__all__ = ["Imported", "LeftOut", "import_word"]
