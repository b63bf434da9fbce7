"""How well a cross-encoder reads what it was not trained on."""
import numpy
import torch

LONGEST_SPAN = 30


@torch.no_grad()
def evaluate(model, examples, collate):
    """Of each set the token F1 of the best span, and how well spans and relevance tell answers from none (AUROC)."""
    model.eval()
    report = {}
    for name in ("squad2", "nq", "far"):
        f1, spans, relevance = judge(model, examples[f"{name}_held"], collate)
        report[name] = {"f1": f1.mean()}
        for kind in ("neg", "none", "without"):
            if f"{name}_{kind}_held" in examples:
                _, other_spans, other_relevance = judge(model, examples[f"{name}_{kind}_held"], collate)
                report[name][f"{kind} by span"] = auroc(spans, other_spans)
                report[name][f"{kind} by relevance"] = auroc(relevance, other_relevance)
    report["entailment"] = entailment(model, examples["verdicts_held"], collate)
    model.train()
    return report


def judge(model, examples, collate):
    f1, spans, relevance = [], [], []
    for begin in range(0, len(examples), 32):
        batch = collate(examples[begin:begin + 32])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            opening, closing, relevant, _ = model(*batch[:3])
        readable, start, end = batch[3].clone(), batch[4], batch[5]
        readable[:, 0] = 0
        length, hidden = opening.shape[1], (1 - readable) * -1e4
        sums = (opening + hidden)[:, :, None] + (closing + hidden)[:, None, :]
        allowed = torch.triu(torch.ones(length, length)) - torch.triu(torch.ones(length, length), LONGEST_SPAN)
        best, place = (sums + (1 - allowed) * -1e4).flatten(1).max(1)
        spans += (best - opening[:, 0] - closing[:, 0]).tolist()
        relevance += relevant.tolist()
        for row, each in enumerate(place.tolist()):
            first, last = divmod(each, length)
            shared = max(0, min(last, int(end[row])) - max(first, int(start[row])) + 1)
            f1.append(2 * shared / (last - first + 1 + int(end[row]) - int(start[row]) + 1))
    return numpy.array(f1), numpy.array(spans), numpy.array(relevance)


def entailment(model, examples, collate):
    scores, entailed = [], []
    for begin in range(0, len(examples), 32):
        batch = collate(examples[begin:begin + 32])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            verdict = model(*batch[:3])[3]
        scores += torch.softmax(verdict, -1)[:, 0].tolist()
        entailed += (batch[7] == 0).tolist()
    scores, entailed = numpy.array(scores), numpy.array(entailed)
    return auroc(scores[entailed], scores[~entailed])


def auroc(positive, negative):
    ranks = numpy.concatenate([positive, negative]).argsort().argsort() + 1.0
    return float((ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2) / len(positive) / len(negative))
