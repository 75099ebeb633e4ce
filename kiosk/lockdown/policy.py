"""What the browser of a hall may do: the managed policy that only an administrator can change.

The names are those of Chromium's list of enterprise policies; Chrome and Edge know them too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kiosk.errors import HallRefused

FILE = "easy-read-kiosk.json"
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")
STAFF_PAGE = "/status"
# What the server answers besides its page at "/" and the door "/locked/KEY". The page itself asks
# for these; as an address on the screen each is a dead end. The last ones are Streamlit's.
NO_PAGES = (
    *(STAFF_PAGE, "/alive", "/api", "/changes", "/clips", "/cue.wav", "/files", "/narration"),
    *("/pages", "/ready", "/screen", "/voices"),
    *("/_stcore", "/app", "/bidi-components", "/component", "/mcp", "/media", "/static"),
)

BLOCK = 2  # of every Default...Setting


def own_address(url: str) -> str:
    """Return the address of a kiosk on this machine, without its path. HallRefused for another."""
    try:
        parts = urlsplit(url)
        port = parts.port or 80
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme != "http" or parts.hostname not in OWN_MACHINE:
        raise HallRefused(
            f'"{url}" is not an address of this machine. Write it as http://127.0.0.1:8501'
        )
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"http://{name}:{port}"


def folder_for(program: Path) -> Path:
    """Return the folder, without its first "/", that a browser reads its managed policy from."""
    if "edge" in program.name:
        return Path("etc/opt/edge/policies/managed")
    if "google-chrome" in program.name:
        return Path("etc/opt/chrome/policies/managed")
    # Ubuntu's is a snap: it sees this folder of /etc alone.
    if program.name == "chromium-browser" or "snap" in program.parts:
        return Path("etc/chromium-browser/policies/managed")
    return Path("etc/chromium/policies/managed")


def policy_for(address: str) -> dict[str, Any]:
    """Return the policy that lets a browser show one kiosk and nothing else."""
    host = urlsplit(address).hostname or ""
    # A dot in front: this host, and none below it. Numbers have none below them.
    exact = address.replace(host, f".{host}") if host == "localhost" else address
    return {
        # Where it may go. The longer path wins: of the kiosk only its one page is left. What a page
        # asks for by itself, its sockets too, is not looked at: the page's own policy rules that.
        "URLBlocklist": [
            "*",
            *(f"{exact}{path}" for path in NO_PAGES),
            "javascript://*",
            "file://*",
            "view-source:*",
            "devtools://*",
            "chrome://*",
            "edge://*",
        ],
        "URLAllowlist": [exact],
        "DefaultPopupsSetting": BLOCK,
        "HomepageIsNewTabPage": False,
        "HomepageLocation": address,
        "NewTabPageLocation": address,
        "RestoreOnStartup": 5,  # a new tab, never the pages of before
        "ShowHomeButton": False,
        "BookmarkBarEnabled": False,
        "EditBookmarksEnabled": False,
        "DefaultSearchProviderEnabled": False,
        "AlternateErrorPagesEnabled": False,
        "AllowDinosaurEasterEgg": False,
        # What it may not open.
        "DeveloperToolsAvailability": 2,
        "RemoteDebuggingAllowed": False,
        "DownloadRestrictions": 3,
        "PrintingEnabled": False,
        "AllowFileSelectionDialogs": False,
        "IncognitoModeAvailability": 1,
        "BrowserGuestModeEnabled": False,
        "BrowserAddPersonEnabled": False,
        "TaskManagerEndProcessEnabled": False,
        "ExtensionInstallBlocklist": ["*"],
        "EnableMediaRouter": False,
        "BrowserLabsEnabled": False,
        "DesktopSharingHubEnabled": False,
        "QRCodeGeneratorEnabled": False,
        "LensRegionSearchEnabled": False,
        "ShoppingListEnabled": False,
        "ShowAppsShortcutInBookmarkBar": False,
        "ShowCastIconInToolbar": False,
        "ProfilePickerOnStartupAvailability": 1,
        "AllowSystemNotifications": False,
        "LiveTranslateEnabled": False,
        "LiveCaptionEnabled": False,
        "AccessibilityImageLabelsEnabled": False,
        # What it may not keep, fill in, or ask.
        "PasswordManagerEnabled": False,
        "AutofillAddressEnabled": False,
        "AutofillCreditCardEnabled": False,
        "PaymentMethodQueryEnabled": False,
        "SavingBrowserHistoryDisabled": True,
        "ImportBookmarks": False,
        "BrowserSignin": 0,
        "SyncDisabled": True,
        "DefaultBrowserSettingEnabled": False,
        "TranslateEnabled": False,
        "SpellcheckEnabled": False,
        "PromotionsEnabled": False,
        "BackgroundModeEnabled": False,
        # What it may not tell anybody: the kiosk works without a network.
        "SearchSuggestEnabled": False,
        "NetworkPredictionOptions": 2,
        "MetricsReportingEnabled": False,
        "UrlKeyedAnonymizedDataCollectionEnabled": False,
        "DomainReliabilityAllowed": False,
        "SafeBrowsingProtectionLevel": 0,
        "SpellCheckServiceEnabled": False,
        "ComponentUpdatesEnabled": False,
        "UserFeedbackAllowed": False,
        "DnsOverHttpsMode": "off",
        "GenAiDefaultSettings": 2,
        # Of all devices only the microphone, for answers by voice, and only for the kiosk.
        "AudioCaptureAllowed": False,
        "AudioCaptureAllowedUrls": [address],
        "VideoCaptureAllowed": False,
        "ScreenCaptureAllowed": False,
        "DefaultGeolocationSetting": BLOCK,
        "DefaultNotificationsSetting": BLOCK,
        "DefaultSensorsSetting": BLOCK,
        "DefaultWebBluetoothGuardSetting": BLOCK,
        "DefaultWebUsbGuardSetting": BLOCK,
        "DefaultWebHidGuardSetting": BLOCK,
        "DefaultSerialGuardSetting": BLOCK,
        "DefaultFileSystemReadGuardSetting": BLOCK,
        "DefaultFileSystemWriteGuardSetting": BLOCK,
        "DefaultLocalFontsSetting": BLOCK,
        "DefaultWindowManagementSetting": BLOCK,
        "DefaultIdleDetectionSetting": BLOCK,
        "DefaultClipboardSetting": BLOCK,
    }


def policy_text(address: str) -> str:
    """Return the policy as its file holds it."""
    return json.dumps(policy_for(address), indent=1) + "\n"
