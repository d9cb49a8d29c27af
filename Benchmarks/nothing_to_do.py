"""A run that finds everything done: 10,000 finished trials against as many outputs of Snakemake and DVC."""

import json
import tempfile
from pathlib import Path

from overhead import PYTHON_FOLDER, few_images, timed
from project import Project
from rounds import Amount, Comparison, Ratio, alternate

ROUNDS = 3
# Three trials of each division.
REPEATS = 3334
OUTPUTS = 10_000

SNAKEFILE = """
rule all:
    input: expand("{number}.out", number=range(%d))

rule trial:
    output: "{number}.out"
    shell: "touch {output}"
"""

# An empty file, as DVC's lock file records it.
EMPTY = {"hash": "md5", "md5": "d41d8cd98f00b204e9800998ecf8427e", "size": 0}


def compare(rounds=ROUNDS):
    with Project() as project, tempfile.TemporaryDirectory() as folder:
        project.share_embeddings()
        project.dataset("few", few_images())
        file = project.experiment(
            "finished", "few", ["{name: none, kind: none}"], REPEATS, labels=["Violence/Weapons"])
        project.run(file)
        seconds = alternate({
            "ours": lambda: project.run(file),
            "Snakemake": Snakemake(Path(folder)).seconds,
            "DVC": Dvc(Path(folder)).seconds,
        }, rounds)
        what = "`moderato run`, report included"
        return Comparison("Nothing to do: 10,000 finished trials", [
            Amount(what, seconds["ours"], "s", 1),
            Ratio(what, "`snakemake` on 10,000 outputs", seconds["ours"], seconds["Snakemake"]),
            Ratio(what, "`dvc repro` on 10,000 outputs (drawn on from 250)", seconds["ours"], seconds["DVC"]),
        ])


class Snakemake:
    """A rule with 10,000 outputs, which are all there."""

    def __init__(self, folder):
        self._folder = folder / "snakemake"
        self._folder.mkdir()
        (self._folder / "Snakefile").write_text(SNAKEFILE % OUTPUTS)
        for number in range(OUTPUTS):
            (self._folder / f"{number}.out").touch()

    def seconds(self):
        return timed([PYTHON_FOLDER / "snakemake", "--cores", "2", "--quiet", "all"], self._folder)


class Dvc:
    """Stages whose outputs are there as the lock file says.

    10,000 of them take many minutes; what it takes is measured at two numbers of stages and drawn on as a straight line.
    """

    FEW, MANY = 50, 250

    def __init__(self, folder):
        self._folders = {stages: folder / f"dvc-{stages}" for stages in (self.FEW, self.MANY)}
        for stages, place in self._folders.items():
            self._make(place, [f"t{number}" for number in range(stages)])

    def seconds(self):
        few, many = (timed([PYTHON_FOLDER / "dvc", "repro", "--quiet"], place) for place in self._folders.values())
        return few + (many - few) / (self.MANY - self.FEW) * (OUTPUTS - self.FEW)

    @staticmethod
    def _make(folder, names):
        folder.mkdir()
        for command in (["git", "init", "--quiet"], [PYTHON_FOLDER / "dvc", "init", "--quiet"]):
            timed(command, folder)
        stages = {f"trial@{name}": {"cmd": f"touch {name}", "outs": [{"path": name, **EMPTY}]} for name in names}
        (folder / "dvc.lock").write_text(json.dumps({"schema": "2.0", "stages": stages}))
        do = {"cmd": "touch ${item}", "outs": [{"${item}": {"cache": False}}]}
        (folder / "dvc.yaml").write_text(json.dumps({"stages": {"trial": {"foreach": names, "do": do}}}))
        for name in names:
            (folder / name).touch()
