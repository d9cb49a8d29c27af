"""What a trial costs beyond its arithmetic: trials that do nothing, record on disk included."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from project import Project, illustrations
from rounds import Amount, Comparison, Ratio, alternate

ROUNDS = 3
IMAGES = 200
# Repetitions of the division, for each of which three trials are done: `none` does nothing, and `bias` and `platt`,
# which stand in every table, next to nothing.
FEW, MANY, TRIALS_EACH = 10, 710, 3

PYTHON_FOLDER = Path(sys.executable).parent

HYDRA = """
import hydra

@hydra.main(version_base=None, config_path=None)
def main(config):
    pass

main()
"""


def compare(rounds=ROUNDS):
    with Project() as project, tempfile.TemporaryDirectory() as folder:
        project.share_embeddings()
        project.dataset("few", illustrations()[:: len(illustrations()) // IMAGES][:IMAGES])
        files = {n: project.experiment(f"none-{n}", "few", ["{name: none, kind: none}"], n) for n in (FEW, MANY)}
        project.run(files[FEW])

        def ours():
            # Trials that both have in common would be done once.
            def seconds(repeats):
                project.forget_trials()
                return project.run(files[repeats])
            return (seconds(MANY) - seconds(FEW)) / (MANY - FEW) / TRIALS_EACH

        runs = {"ours": ours, "Hydra": Hydra(Path(folder)).seconds, "DVC": Dvc(Path(folder)).seconds}
        cost = {name: [1000 * second for second in seconds] for name, seconds in alternate(runs, rounds).items()}
        return Comparison("Overhead of a trial that does nothing", [
            Amount(f"a trial on {IMAGES} images, its share of the report included", cost["ours"], "ms", 2),
            Ratio("the same", "Hydra's joblib launcher, 2 jobs", cost["ours"], cost["Hydra"], 100, "ms"),
            Ratio("the same", "DVC, `dvc repro`", cost["ours"], cost["DVC"], 100, "ms"),
        ])


class Hydra:
    """A multirun of a program that does nothing, in 2 processes; each job writes its own folder, as Hydra does."""

    FEW, MANY = 10, 110

    def __init__(self, folder):
        self._folder = folder / "hydra"
        self._folder.mkdir()
        (self._folder / "main.py").write_text(HYDRA)

    def seconds(self):
        """Seconds a job, start of the program not counted."""
        return (self._run(self.MANY) - self._run(self.FEW)) / (self.MANY - self.FEW)

    def _run(self, jobs):
        return timed(
            [sys.executable, "main.py", "--multirun", "hydra/launcher=joblib", "hydra.launcher.n_jobs=2",
             f"+i=range({jobs})"], self._folder)


class Dvc:
    """A pipeline whose stages each write an empty file, which `dvc repro` runs one after the other: it has no jobs."""

    FEW, MANY = 5, 45

    def __init__(self, folder):
        self._folder = folder / "dvc"
        self._round = 0

    def seconds(self):
        """Seconds a stage, start of the program not counted."""
        self._round += 1
        return (self._run(self.MANY) - self._run(self.FEW)) / (self.MANY - self.FEW)

    def _run(self, stages):
        folder = self._folder / f"{self._round}-{stages}"
        folder.mkdir(parents=True)
        for command in (["git", "init", "--quiet"], [PYTHON_FOLDER / "dvc", "init", "--quiet"]):
            timed(command, folder)
        names = "".join(f"    - s{number}\n" for number in range(stages))
        (folder / "dvc.yaml").write_text(
            f"stages:\n  trial:\n    foreach:\n{names}    do:\n      cmd: touch ${{item}}\n      outs: [\"${{item}}\"]\n")
        return timed([PYTHON_FOLDER / "dvc", "repro", "--quiet"], folder)


def timed(command, folder):
    """Seconds that a command takes which must succeed."""
    started = time.perf_counter()
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ended.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {ended.returncode}:\n{ended.stderr}")
    return time.perf_counter() - started
