"""The rows that the sweeps of `ridge` and `logistic` are about, as `moderato` sees them and as other libraries take them."""

from functools import cached_property

import h5py
import numpy

from project import CHECKOUT

STRENGTHS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]
SPLITS = 25

TRAINING, TEST = 1, 2


class Sweep:
    """The divisions, truths and base scores of finished trials, with the features that `moderato` makes of embeddings.

    `images` are digests, `trials` what `moderato-bench trials` prints of one adapter, a trial for each division.
    """

    def __init__(self, images, trials):
        self._images, self.trials = images, trials
        self.labels = [label["label"] for label in trials[0]["labels"]]
        self.truth = numpy.array([label["truth"] for label in trials[0]["labels"]]) == 1
        self.base_scores = numpy.array([label["base_scores"] for label in trials[0]["labels"]], dtype="float32")

    @cached_property
    def features(self):
        """`[images x 1280]`: 10 times the direction of each embedding, the scale at which `moderato` means strengths."""
        embeddings = self._embeddings()
        return 10 * embeddings / numpy.linalg.norm(embeddings, axis=1, keepdims=True)

    def design(self, label):
        """The features and, last, the base score of one label: what the adapters of that label learn from."""
        return numpy.column_stack([self.features, self.base_scores[label]])

    def rows(self, trial, part):
        """The places of the images in a part of a trial's division."""
        return numpy.flatnonzero(numpy.array(trial["parts"]) == part)

    def _embeddings(self):
        for folder in sorted((CHECKOUT / ".moderato/embeddings").iterdir()):
            found = self._rows_in(folder)
            if found is not None:
                return found
        raise SystemExit("the embeddings of the trials are not in .moderato/embeddings")

    def _rows_in(self, folder):
        """`[images x 1280]`, or nothing where the folder lacks images or is of another base model: scores tell."""
        places = {digest: row for row, digest in enumerate(self._images)}
        embeddings = numpy.full((len(places), 1280), numpy.nan, dtype="float32")
        for file in folder.glob("*.h5"):
            with h5py.File(file) as segment:
                if segment["embeddings"].shape[1] != 1280:
                    return None
                digests = [bytes(digest).hex() for digest in segment["images"][:]]
                wanted = [(row, places[digest]) for row, digest in enumerate(digests) if digest in places]
                columns = [list(segment["labels"].asstr()[:]).index(label) for label in self.labels]
                for row, place in wanted:
                    if not (segment["base_scores"][row][columns] == self.base_scores[:, place]).all():
                        return None
                    embeddings[place] = segment["embeddings"][row]
        return None if numpy.isnan(embeddings).any() else embeddings
