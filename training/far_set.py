"""The far questions kept aside, on squad2's held articles, as a data set in BEIR layout.

    python3 far_set.py DATA OUT

`npm run fit:close` and `npx ibid eval --data` read it.
"""
import json
import os
import sys

from examples import of_held, read
from far_questions import far_questions


def main(data, out):
    passages, questions = far_questions(read, {"squad2": read(f"{data}/bench/squad2/corpus.jsonl"),
                                               "wiki100k": read(f"{data}/bench/wiki100k/corpus.jsonl.gz")})
    corpus = [row for name, row in passages.items() if of_held(name)]
    held = [(f"far{number}", each) for number, each in enumerate(each for each in questions if of_held(each.passage))]
    os.makedirs(f"{out}/qrels", exist_ok=True)
    write(f"{out}/corpus.jsonl", corpus)
    write(f"{out}/queries.jsonl", [{"_id": key, "text": each.text, "metadata": about(each)} for key, each in held])
    with open(f"{out}/qrels/dev.tsv", "w") as file:
        file.write("query-id\tcorpus-id\tscore\n")
        file.writelines(f"{key}\t{document(each)}\t1\n" for key, each in held if each.answer)


def about(question):
    answers = [question.answer[1]] if question.answer else []
    return {"answers": answers, "answerable": bool(answers), "article": document(question).split("#")[0],
            "gold_spans": [{"doc_id": document(question), "text": answer} for answer in answers]}


def document(question):
    return question.passage.removeprefix("squad2/")


def write(path, rows):
    with open(path, "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
