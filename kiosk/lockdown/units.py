"""What systemd is told: one unit for the server, one for the locked browser.

Written for systemd 252 (Debian 12) and newer. The browser needs no desktop: `cage` shows one
program on a bare screen, takes no key to leave it, and never lets the screen sleep.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SERVER, BROWSER = "kiosk-server.service", "kiosk-browser.service"
CAGE = Path("/usr/bin/cage")
SERVER_MOST, BROWSER_MOST = "1200M", "4300M"  # of memory

_SERVER = """\
[Unit]
Description=The easy-read kiosk: its server
After=local-fs.target
# A disk that is mounted late: an empty folder in its place would look like an empty site.
RequiresMountsFor={mounts}
# It is tried again for ever: nobody is there to do it.
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
User={user}
WorkingDirectory={folder}
# Growing pauses: systemd 252 has none of its own.
ExecStartPre=-{python} -m kiosk.lockdown.pause %t/kiosk-server/starts
ExecStart={python} -m kiosk serve --site {site} --data {data} --host {host} --port {port} --no-open
Restart=always
RestartSec=1
TimeoutStartSec=180
TimeoutStopSec=15
# The server says that it is alive only after it has answered a request. One that hangs is killed;
# no answer that a person was told of is lost by that.
WatchdogSec=60
WatchdogSignal=SIGKILL
RuntimeDirectory=kiosk-server
RuntimeDirectoryPreserve=yes
UMask=0077

# One connection of a screen is one open file. The server keeps below this number by itself.
LimitNOFILE=8192
# 800 MB more than was ever seen (a thousand pages in four languages, under load: 400 MB). Visitors
# never reach it; what leaks is started again before the machine has to swap.
MemoryMax={server_most}

# It may write into its data folder, talk to this machine, and nothing else.
ProtectSystem=strict
ReadWritePaths={writable}
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
PrivateMounts=yes
PrivateUsers=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
# What is not in the list fails, as on a machine that has no such call; it does not kill.
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
IPAddressDeny=any
IPAddressAllow=localhost
# Left open on purpose: MemoryDenyWriteExecute, since the voice calls back through memory that is
# written and then run; RemoveIPC, since the browser's user is the same and would lose its own.

[Install]
WantedBy=multi-user.target
"""

_BROWSER = """\
[Unit]
Description=The easy-read kiosk: its locked browser
Wants={server} systemd-logind.service dbus.socket
After={server} systemd-logind.service dbus.socket systemd-user-sessions.service
After=plymouth-quit-wait.service getty@tty7.service
RequiresMountsFor={mounts}
Conflicts=getty@tty7.service
Before=graphical.target
ConditionPathExists=/dev/tty0
StartLimitIntervalSec=0

[Service]
Type=notify
# The sign of life comes from the program in the cage.
NotifyAccess=all
User={user}
WorkingDirectory={folder}
# A session of its own on the seventh console: screen, touch and sound belong to it.
PAMName=login
TTYPath=/dev/tty7
TTYReset=yes
TTYVHangup=yes
TTYVTDisallocate=yes
StandardInput=tty-fail
StandardOutput=journal
StandardError=journal
UtmpIdentifier=tty7
UtmpMode=user
ExecStartPre=-{python} -m kiosk.lockdown.pause %t/kiosk-browser/starts
ExecStart={cage} -- {python} -m kiosk open --lock --site {site} --data {data} --url {url} \\
    --browser {browser}
Restart=always
RestartSec=1
TimeoutStartSec=180
TimeoutStopSec=20
WatchdogSec=60
WatchdogSignal=SIGKILL
RuntimeDirectory=kiosk-browser
RuntimeDirectoryPreserve=yes
UMask=0077
LimitNOFILE=8192
# 800 MB more than its pages may need before the keeper starts it again, and its other processes.
MemoryMax={browser_most}

# Less than the server's. The browser builds a sandbox of its own, stronger than any of these, and
# needs user, process and network namespaces and `chroot` for it. Screen, touch, sound and
# microphone are devices, so PrivateDevices and a list of devices are left out; so is
# RestrictRealtime, for sound without gaps. What its user's session needs (sound server, Wayland)
# lies in /run and at home.
ProtectSystem=full
PrivateTmp=yes
PrivateMounts=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=user pid net
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=~@clock @cpu-emulation @debug @module @obsolete @raw-io @reboot @swap
SystemCallErrorNumber=EPERM
IPAddressDeny=any
IPAddressAllow=localhost

[Install]
WantedBy=graphical.target
"""


@dataclass(frozen=True, slots=True)
class UnitValues:
    """What the units name. user: who both run as. url: the kiosk's address on this machine."""

    user: str
    site: Path
    data: Path
    url: str
    browser: Path


def units_for(values: UnitValues) -> dict[str, str]:
    """Return the text of each unit by its name."""
    parts = urlsplit(values.url)
    words = {
        "user": values.user,
        "folder": _plain(values.site),
        "writable": _quoted(_plain(f"-{values.data}")),
        "site": _word(values.site),
        "data": _word(values.data),
        "url": _word(values.url),
        "host": _word(parts.hostname or ""),
        "port": str(parts.port),
        "browser": _word(values.browser),
        "python": _word(sys.executable),
        "cage": _word(CAGE),
        "server": SERVER,
        "mounts": f"{_word(values.site)} {_word(values.data)}",
        "server_most": SERVER_MOST,
        "browser_most": BROWSER_MOST,
    }
    return {SERVER: _SERVER.format(**words), BROWSER: _BROWSER.format(**words)}


def _word(thing: object) -> str:
    """Return a word of a command as a unit takes it."""
    return _quoted(_plain(thing).replace("$", "$$"))


def _plain(thing: object) -> str:
    return str(thing).replace("%", "%%")


def _quoted(text: str) -> str:
    if not set(text) & set(" \t'\";\\"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
