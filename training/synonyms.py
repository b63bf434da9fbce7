"""Questions told in other words, by WordNet's synonyms (`apt-get install wordnet-base`)."""
import collections
import random
import re

FOLDER = "/usr/share/wordnet"
KINDS = ("noun", "verb", "adj")
SHORTEST = 4
# Too general to be told otherwise, or part of how a question is asked.
KEPT = set("""what which where when whose whom does were have been many much from with that this there their these those
into about after before name year time used other than most more first last called kind type take make made being long
will would could should some many such only also""".split())


class Synonyms:
    def __init__(self):
        self.known = collections.defaultdict(list)
        for kind in KINDS:
            with open(f"{FOLDER}/data.{kind}", "rb") as file:
                data = file.read()
            with open(f"{FOLDER}/index.{kind}") as file:
                for line in file:
                    if not line.startswith(" "):
                        self._learn(kind, line.split(), data)

    def _learn(self, kind, fields, data):
        """The other words of a word's most common sense; `fields` is its line of the index."""
        word, count, pointers = fields[0], int(fields[2]), int(fields[3])
        told = int(fields[5 + pointers])
        if told == 0 or "_" in word or len(word) < SHORTEST:
            return
        offset = int(fields[6 + pointers])
        entry = data[offset:data.index(b"\n", offset)].decode().split()
        others = [entry[4 + 2 * index] for index in range(int(entry[3], 16))]
        others = [each.split("(")[0].replace("_", " ") for each in others]
        others = [each for each in others if each.lower() != word and each.islower()]
        if others:
            self.known[word].append((told / count, kind, others))

    def vary(self, question, share):
        """The question with so many of its words replaced, or None when none was."""
        words = re.findall(r"\w+|\W+", question)
        varied = [self._other(word) if random.random() < share else word for word in words]
        return "".join(varied) if varied != words else None

    def _other(self, word):
        if word in KEPT or not word.islower():
            return word
        for base, ending in stems(word):
            if base in self.known:
                _, kind, others = max(self.known[base])
                if ending in ("", "s") or kind == "verb":
                    return inflected(random.choice(others), ending)
        return word


def stems(word):
    """What the word may be a form of, with the ending."""
    yield word, ""
    for ending in ("s", "ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            base = word[: -len(ending)]
            yield base, ending
            if ending != "s":
                yield base + "e", ending
                if base[-1] == base[-2]:
                    yield base[:-1], ending


def inflected(phrase, ending):
    """A word, or the first of several, with an ending, where it is regular."""
    word, *rest = phrase.split(" ", 1)
    if ending == "s":
        word += "es" if re.search(r"(s|x|z|ch|sh)$", word) else "s"
    elif ending:
        word = re.sub(r"e$", "", word) + ending
    return " ".join([word, *rest])
