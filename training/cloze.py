"""Questions made from text alone: a sentence with a gap, and the passage in which another sentence fills it."""
import random
import re

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"(0-9])")
NAME = re.compile(r"[A-Z][\w'-]+(?: (?:of |the |de )?[A-Z][\w'-]+)*|\b1\d{3}\b|\b20\d\d\b")
# Words on each side of the gap.
MOST_AROUND = 9
FEWEST_WORDS = 5


def cloze(text):
    """A question, the rest of the passage and the answer in it with its place; None when nothing is told twice."""
    sentences = sentences_of(text)
    if len(sentences) < 3:
        return None
    told = [(index, match) for index, sentence in enumerate(sentences) for match in NAME.finditer(sentence)
            if match.start() > 0 and any(match[0] in other for other in sentences[:index] + sentences[index + 1:])]
    if not told:
        return None
    index, match = random.choice(told)
    question = with_gap(sentences[index], match)
    passage = " ".join(sentences[:index] + sentences[index + 1:])
    if len(question.split()) < FEWEST_WORDS:
        return None
    return question, passage, (passage.index(match[0]), match[0])


def with_gap(sentence, match):
    before, after = sentence[: match.start()].split(), sentence[match.end():].rstrip(".!? ").split()
    first = max(0, len(before) - random.randint(3, MOST_AROUND))
    return " ".join([*before[first:], "what", *after[: random.randint(3, MOST_AROUND)]]).strip()


def without_sentences(passage, answer):
    """The passage without the sentences that hold the answer, or None when little would be left."""
    sentences = sentences_of(passage)
    left = [each for each in sentences if answer.lower() not in each.lower()]
    return " ".join(left) if 2 <= len(left) < len(sentences) else None


def sentences_of(text):
    return SENTENCE_END.split(re.sub(r"\s+", " ", text).strip())
