"""BERT's lower-casing WordPiece tokeniser with the place of each piece's word, as the service's own splits text."""
import json
import unicodedata


class WordPieces:
    def __init__(self, tokenizer_json):
        with open(tokenizer_json) as file:
            self.ids = json.load(file)["model"]["vocab"]
        self.known = {}

    def encode(self, text):
        """Ids, and for each the start and end of its word in `text`."""
        ids, starts, ends = [], [], []
        for start, end in words(text):
            for piece in self._word(text[start:end]):
                ids.append(piece)
                starts.append(start)
                ends.append(end)
        return ids, starts, ends

    def _word(self, word):
        if word not in self.known:
            self.known[word] = self._pieces(fold(word))
        return self.known[word]

    def _pieces(self, word):
        pieces, start = [], 0
        while start < len(word):
            ends = range(len(word), start, -1)
            prefix = "##" if start else ""
            end = next((end for end in ends if prefix + word[start:end] in self.ids), None)
            if end is None or len(word) > 100:
                return [self.ids["[UNK]"]]
            pieces.append(self.ids[prefix + word[start:end]])
            start = end
        return pieces


def fold(word):
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(each for each in decomposed if unicodedata.category(each) != "Mn")


def words(text):
    """Start and end of each run of characters between white space; punctuation and Chinese characters stand alone."""
    start = 0
    while start < len(text):
        end = start + 1
        if not text[start].isspace():
            while not alone(text[start]) and end < len(text) and not alone(text[end]) and not text[end].isspace():
                end += 1
            yield start, end
        start = end


def alone(character):
    code = ord(character)
    ascii_sign = 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126
    return ascii_sign or 0x4E00 <= code <= 0x9FFF or unicodedata.category(character).startswith("P")
