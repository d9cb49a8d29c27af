"""Does the declared base model speak of every moderation label, once?"""

import collections
import json
import unittest

import project


class BaseModelTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.declaration = project.base_model()
        taxonomy = json.loads(project.TAXONOMY_FILE.read_text())
        cls.second_level = {
            f"{label['ParentName']}/{label['Name']}"
            for label in taxonomy["labels"]
            if label["TaxonomyLevel"] == 2
        }
        cls.version = taxonomy["version"]

    def test_every_second_level_label_is_covered_or_uncovered_once(self):
        named = collections.Counter([*self.declaration["labels"], *self.declaration["uncovered"]])
        self.assertEqual(self.declaration["taxonomy"], self.version)
        self.assertEqual(set(named), self.second_level)
        self.assertEqual(set(named.values()), {1})

    def test_classes_exist_and_are_evidence_for_one_label(self):
        classes = [index for indices in self.declaration["labels"].values() for index in indices]
        self.assertTrue(all(0 <= index < 1000 for index in classes))
        self.assertEqual(len(classes), len(set(classes)))


if __name__ == "__main__":
    unittest.main()
