"""Questions far from the words of their passages, which were written for this training (README.md).

`far/questions.jsonl.gz`: `passage` (set and document, or number of an invented one), `question`, and `start` and
`length` of the answer in characters where the passage holds one; `far/passages.jsonl.gz`: the invented passages.
"""
import collections
import math
import random
import re

Question = collections.namedtuple("Question", "passage text answer")
BINS, PARTS = 24, 5
# Of questions without an answer whose form gives that away, so many are kept for each that has one, and at least so many.
KEPT_FOR_EACH, LEAST_KEPT = 1.15, 0.35


def far_questions(read, corpora):
    """The passages by their names and the questions on them; an answer is its place and text, or None."""
    passages = {f"invented/{row['id']}": row for row in read("far/passages.jsonl.gz")}
    for name, corpus in corpora.items():
        passages.update((f"{name}/{row['_id']}", row) for row in corpus)
    questions = []
    for row in read("far/questions.jsonl.gz"):
        text = passages[row["passage"]]["text"]
        begin = row.get("start")
        answer = None if begin is None else (begin, text[begin:begin + row["length"]])
        questions.append(Question(row["passage"], row["question"], answer))
    return passages, questions


def balance(questions):
    """For each question how often it should also be asked where its answer is missing, or, of one without an answer,
    how often it should be asked at all, so that its form does not tell whether it can be answered."""
    leaning = leanings(questions)
    edges = sorted(leaning)[len(leaning) // BINS::max(1, len(leaning) // BINS)]
    bins = [sum(value > edge for edge in edges) for value in leaning]
    counts = collections.Counter((each, question.answer is None) for each, question in zip(bins, questions))
    shares = []
    for each, question in zip(bins, questions):
        answered, missing = counts[each, False] + 1, counts[each, True] + 1
        missed = max(0, 1 - missing / answered)
        shares.append(missed if question.answer else min(1, max(LEAST_KEPT, KEPT_FOR_EACH * answered / missing)))
    return shares


def leanings(questions):
    """How far a question's words alone speak for an answer (naive Bayes, by the other questions), in log-odds."""
    parts = [random.randrange(PARTS) for _ in questions]
    forms = [form(each.text) for each in questions]
    counts = [(collections.Counter(), collections.Counter()) for _ in range(PARTS + 1)]
    for part, words, question in zip(parts, forms, questions):
        for where in (part, PARTS):
            counts[where][question.answer is not None].update([*words, "*"])
    odds = lambda part, side, word: math.log(
        (counts[PARTS][side][word] - counts[part][side][word] + 1)
        / (counts[PARTS][side]["*"] - counts[part][side]["*"] + 2))
    return [sum(odds(part, 1, word) - odds(part, 0, word) for word in words) for part, words in zip(parts, forms)]


def form(question):
    words = re.findall(r"[a-z']+|\?", question.lower())
    return {*words, " ".join(words[:2]), " ".join(words[:3]), str(min(15, len(words)))}
