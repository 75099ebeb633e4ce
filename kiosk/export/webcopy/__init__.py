"""The web copy: the same screen as plain files, for any folder of any web server.

    index.html, manifest.json           the first page, and what a phone asks before it installs it
    worker.js, kept.bin                 what lets it work without a network
    screen/ files/ icons/ cue.wav       the front end, pictures and letters, what a phone shows
    pages/<version>/<language>...       each page as HTML
    narration/<version>/<language>/...  what it says: clips, and when each word is said
    clips/                              the sounds, spoken at normal speed
    downloads/                          leaflets, books and sound that were exported before it
    documents/                          those that pages offer: somebody else has written them
    credits.txt, licences/              who is to be thanked, and in which words

What was decided where there is a choice:

- Every address is relative, and each file has an ending that every web server knows.
- Pages and narrations lie below the version that they are of, so that a browser never lights the
  words of one release by the times of another. Pictures and clips are named by what they hold.
- There is one clip of each sentence. "Slow" and "quick" play it slower and quicker: a browser keeps
  the pitch, and a phone fetches and keeps a third.
- Clips that lie in the folder already are not made again.
- A page that a person has read is heard in their voice, where they have agreed to the web.
- It takes no answers, and says so, unless `[feedback] web_sends_to` names the kiosk that they go
  to. Then they wait in the browser until that kiosk has said that they are saved.
- No clock ends a visit: the phone is a person's own.
- Past workshops, and surveys that are over, are left out on the day on which it is made.
"""
