"""Where Chromium is."""

import shutil


def chromium() -> dict[str, str]:
    found = shutil.which("chromium")
    return {"KURSVIS_CHROMIUM": found} if found else {}
