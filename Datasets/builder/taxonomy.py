"""The moderation labels, version 6.1, as paths: a top-level name, or `Parent/Child`."""

VERSION = "6.1"
CHILDREN = {
    "Explicit Nudity": (
        "Nudity",
        "Graphic Male Nudity",
        "Graphic Female Nudity",
        "Sexual Activity",
        "Illustrated Explicit Nudity",
        "Adult Toys",
    ),
    "Suggestive": (
        "Female Swimwear Or Underwear",
        "Male Swimwear Or Underwear",
        "Partial Nudity",
        "Barechested Male",
        "Revealing Clothes",
        "Sexual Situations",
    ),
    "Violence": (
        "Graphic Violence Or Gore",
        "Physical Violence",
        "Weapon Violence",
        "Weapons",
        "Self Injury",
    ),
    "Visually Disturbing": ("Emaciated Bodies", "Corpses", "Hanging", "Air Crash", "Explosions And Blasts"),
    "Rude Gestures": ("Middle Finger",),
    "Drugs": ("Drug Products", "Drug Use", "Pills", "Drug Paraphernalia"),
    "Tobacco": ("Tobacco Products", "Smoking"),
    "Alcohol": ("Drinking", "Alcoholic Beverages"),
    "Gambling": ("Gambling",),
    "Hate Symbols": ("Nazi Party", "White Supremacy", "Extremist"),
}
LABELS = tuple(
    label for top, children in CHILDREN.items() for label in (top, *(f"{top}/{child}" for child in children))
)


def parent(label: str) -> str | None:
    """The label above, or nothing for a top-level one."""
    top, slash, _ = label.partition("/")
    return top if slash else None


def expanded(labels) -> list[str]:
    """`Suggestive/*` stands for Suggestive and all below it; other labels stand for themselves."""
    return [label for named in labels for label in (family(named[:-2]) if named.endswith("/*") else [named])]


def family(top: str) -> list[str]:
    return [label for label in LABELS if label == top or parent(label) == top]
