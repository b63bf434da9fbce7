"""Questions such as "Who is Ada Lovelace?" made from text that says it, and from text on others of the same name."""
import collections
import random
import re

NAME = r"[A-Z][\w.'-]+(?: (?:of |the |de |van |von |al-)?[A-Z][\w.'-]+){1,3}"
# "Ada Lovelace, the daughter of Lord Byron, wrote …"
BESIDE = re.compile(rf"(?P<name>{NAME}), (?P<said>(?:the|an?) [^,.;()]{{8,90}})[,.;]")
# "Ada Lovelace (1815–1852) was an English mathematician …", of what the passage is about.
ABOUT = r"(?P<name>{name})(?: \([^)]*\))? (?:is|was) (?P<said>(?:the|an?|one of) [^,.;()]{{8,120}})"
PEOPLE = re.compile(r"\b(?:act(?:or|ress)|singer|player|politician|author|writer|poet|general(?!-)|king|queen|prince|princess|"
                    r"president|minister|director|character|journalist|lawyer|officer|musician|composer|scientist|"
                    r"physicist|son|daughter|wife|husband|brother|sister|leader|coach|producer|artist|historian|"
                    r"philosopher|emperor|professor|engineer|businessman|activist|comedian|rapper|model|host|member)\b")


def definition(title, text):
    """A question on who or what something is, and the answer with its place; None when the text does not say it."""
    topic = re.sub(r" \(.*", "", title)
    match = re.search(ABOUT.format(name=re.escape(topic)), text) if topic else None
    match = match or next((each for each in BESIDE.finditer(text) if PEOPLE.search(each["said"])), None)
    if match is None:
        return None
    person = PEOPLE.search(match["said"])
    tense = random.choice(["is", "is", "was"])
    question = f"{'Who' if person else 'What'} {tense} {match['name']}?"
    return question, match["name"], (match.start("said"), match["said"].rstrip())


class Namesakes:
    """Texts that hold a word of a name, but not the name."""

    def __init__(self, texts):
        self.texts, self.holding = texts, collections.defaultdict(list)
        for index, text in enumerate(texts):
            for word in set(re.findall(r"[A-Z][\w'-]{3,}", text)):
                self.holding[word].append(index)

    def find(self, name):
        for word in reversed(name.split()):
            others = [each for each in random.sample(self.holding[word], min(5, len(self.holding[word])))
                      if name not in self.texts[each]]
            if others:
                return self.texts[others[0]]
        return None
