"""Which lines of report.md do not stand in report.html: `input` is both texts."""

import html
import re
from html.parser import HTMLParser


class Page(HTMLParser):
    """The rows of all tables and the text of a page, all of whose elements have to be closed."""

    void = {"meta", "link", "input", "img"}

    def __init__(self):
        super().__init__()
        self.open, self.rows, self.cell, self.texts = [], [], None, []

    def handle_starttag(self, tag, attributes):
        if tag not in self.void:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.cell = ""

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            raise SystemExit(f"</{tag}> closes another element")
        if tag in ("th", "td"):
            self.rows[-1].append(words(self.cell))
            self.cell = None
        if tag not in ("code", "strong", "span", "small"):
            self.texts.append(" ")

    def handle_data(self, data):
        if {"script", "style", "title"} & set(self.open):
            return
        self.texts.append(data)
        if self.cell is not None:
            self.cell += data


def words(text):
    return " ".join(text.split())


def plain(text):
    """Markdown without its marks; code is as it stands."""
    parts = re.split(r"(?<!\\)(`+) ?(.+?) ?\1(?!`)", text)
    prose = [re.sub(r"\\([\\`*_<#~|])", r"\1", part.replace("**", "")) for part in parts]
    return words("".join([prose[i], "", parts[i]][i % 3] for i in range(len(parts))))


def cells(line):
    return tuple(plain(cell.replace(r"\|", "|")) for cell in re.split(r"(?<!\\)\|", line)[1:-1])


page = Page()
page.feed(input[1])
page.close()
text, rows = words("".join(page.texts)), [tuple(row) for row in page.rows]
missing, counts = [f"open: {tag}" for tag in page.open], {"rows": 0, "lines": 0}
# HTML allows no control characters.
markdown = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "\ufffd", input[0])
# The section of pictures, which lead to their files; the page has them, and is named there.
markdown = re.sub(r"\n## Pictures\n.*?(?=\n## )", "", markdown, flags=re.S)
is_code = False
for line in markdown.split("\n"):
    if line.startswith("```"):
        is_code = not is_code
    elif line.startswith(("#", "!")) or re.fullmatch(r"[| :-]*|>|</details>", line):
        continue
    elif line.startswith("| "):
        counts["rows"] += 1
        # The main tables name the kinds of error above their columns.
        if cells(line) not in rows and "Verdict" not in cells(line):
            missing.append(line)
    else:
        counts["lines"] += 1
        if is_code:
            wanted = words(line)
        elif line.startswith("<details>"):
            wanted = words(html.unescape(re.sub("</?(details|summary)>", "", line)))
        else:
            wanted = plain(re.sub(r"^(- |> ?)", "", line).rstrip("\\")).rstrip(":")
        if wanted not in text:
            missing.append(line)
answer({**counts, "missing": missing[:5]})
