"""Start a program under a unit's own filter of system calls, where no systemd does it.

`python calls.py FILTER... -- PROGRAM ...`: each FILTER is the value of one `SystemCallFilter=`.
The groups (`@system-service`) are those that systemd itself knows here.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Sequence

import pyseccomp


def calls_of(group: str) -> set[str]:
    """Return the names of the calls in one of systemd's groups, and in those inside it."""
    listed = subprocess.run(
        ["systemd-analyze", "--no-pager", "syscall-filter", group],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: set[str] = set()
    for word in filter(None, (line.strip() for line in listed.splitlines()[1:])):
        if not word.startswith("#"):
            found |= calls_of(word) if word.startswith("@") else {word}
    return found


def forbid(filters: Sequence[str]) -> None:
    """Let every call that these filters forbid fail with EPERM, in this process and below."""
    allowed: set[str] = set()
    denied: set[str] = set()
    for words in filters:
        into = denied if words.startswith("~") else allowed
        for group in words.removeprefix("~").split():
            into |= calls_of(group)
    refuse = pyseccomp.ERRNO(errno.EPERM)
    if allowed:
        action, named = pyseccomp.ALLOW, (allowed | calls_of("@default")) - denied
        made = pyseccomp.SyscallFilter(refuse)
    else:
        action, named = refuse, denied
        made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in sorted(named):
        # systemd knows calls of other processors, too.
        if pyseccomp.resolve_syscall(pyseccomp.system_arch(), name) >= 0:
            made.add_rule(action, name)
    made.load()


def main(words: list[str]) -> None:
    """Forbid, then become the program."""
    at = words.index("--")
    forbid(words[:at])
    os.execvp(words[at + 1], words[at + 1 :])  # noqa: S606 - the program of a unit


if __name__ == "__main__":
    main(sys.argv[1:])
