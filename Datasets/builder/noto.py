"""Noto Color Emoji: PNG strikes (136 x 128) inside the font of the Debian package fonts-noto-color-emoji."""

from pathlib import Path

from fontTools.ttLib import TTFont

from .emoji import MIDDLE_FINGER, TONES, is_taken, picture
from .packages import existing
from .picture import Picture
from .rendering import Strike

FONT = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")


def pictures() -> list[Picture]:
    with TTFont(existing(FONT, "fonts-noto-color-emoji"), lazy=True) as font:
        strikes = font["CBDT"].strikeData[0]
        glyphs = {f"{code:X}": glyph for code, glyph in font.getBestCmap().items()} | toned_glyphs(font)
        return [
            picture("noto", code_points, Strike(strikes[glyph].imageData))
            for code_points, glyph in sorted(glyphs.items())
            if is_taken(code_points) and glyph in strikes
        ]


def toned_glyphs(font: TTFont) -> dict[str, str]:
    """The middle finger's skin tones: code points to glyph names, out of the font's ligatures."""
    names = font.getBestCmap()
    tones = {names[int(tone, 16)]: tone for tone in TONES}
    return {
        f"{MIDDLE_FINGER}-{tones[ligature.Component[0]]}": ligature.LigGlyph
        for lookup in font["GSUB"].table.LookupList.Lookup
        for table in lookup.SubTable
        for ligature in getattr(table, "ligatures", {}).get(names[int(MIDDLE_FINGER, 16)], [])
        if len(ligature.Component) == 1 and ligature.Component[0] in tones
    }
