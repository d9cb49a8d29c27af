"""A picture of a source: where it goes in the dataset, how the rules call it, where its bytes come from."""

from dataclasses import dataclass

from .rendering import Drawing


@dataclass(frozen=True)
class Picture:
    """One image to build."""

    image: str  # its path inside the dataset: images/openmoji/1F37A.png
    source: str  # openmoji, noto, gemojione, pictograms, openclipart, freedroid or tuxpaint
    family: str  # the key of the rules that speaks of it: emoji, icons, openclipart, freedroid or tuxpaint
    name: str  # its name within the family: 1F37A, material/beer, tools/hammer
    group: str  # the group it belongs to when no rule names its object
    drawing: Drawing
