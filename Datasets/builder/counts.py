"""The table of counts that a dataset's card shows, from the lines of its manifest."""

import json
from collections import defaultdict

BEGIN, END = "<!-- counts -->", "<!-- end of counts -->"


def counts_table(lines: list[str], sources: tuple[str, ...]) -> str:
    """Images per label and source, groups per label, as a Markdown table."""
    rows = rows_of(list(map(json.loads, lines)))
    header = ["", *sources, "images", "groups"]
    table = [header, ["---", *["---:"] * (len(header) - 1)]]
    table += [row(name, records, sources) for name, records in rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in table)


def rows_of(records: list[dict]) -> list[tuple[str, list[dict]]]:
    """Present labels, look-alike tags, unknown top-level labels, then all images, each with its records."""
    present, tagged, unknown = defaultdict(list), defaultdict(list), defaultdict(list)
    for record in records:
        for label in record["present"]:
            present[label].append(record)
        for tag in record.get("tags", ()):
            tagged[tag].append(record)
        for top in sorted({label.partition("/")[0] for label in record.get("unknown", ())}):
            unknown[f"unknown: {top}"].append(record)
    return [*sorted(present.items()), *sorted(tagged.items()), *sorted(unknown.items()), ("all", records)]


def row(name: str, records: list[dict], sources: tuple[str, ...]) -> list[str]:
    per_source = [sum(record["source"] == source for record in records) for source in sources]
    groups = len({record["group"] for record in records})
    return [name, *(str(count or "") for count in per_source), str(len(records)), str(groups)]


def with_counts(card: str, table: str) -> str:
    """The card with the table between its two markers."""
    before, _, rest = card.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table}\n{END}{after}"
