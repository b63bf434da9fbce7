"""Trains the cross-encoder.

    python3 train.py EXAMPLES.pkl OUT.pt

Reads examples.py's output, goes through the phases of phases.json and reports on what is held out. Six to seven
hours on two cores with bfloat16 products.
"""
import json
import pickle
import random
import sys
import time

import torch
from torch.nn import functional

from evaluate import evaluate
from examples import UNKNOWN, Example
from model import pretrained

TOKENS_TOGETHER, MOST_TOGETHER = 4096, 48
# Verdicts held out: one pair in so many.
HELD_VERDICTS = 12
MASK = 103
ENTAILMENT = ("fever_rte", "begin", "wice")


def main(examples_path, out):
    torch.set_num_threads(2)
    torch.manual_seed(1)
    random.seed(1)
    with open(examples_path, "rb") as file:
        examples = {name: [Example(*each) for each in rows] for name, rows in pickle.load(file).items()}
    examples["verdicts_held"] = hold_out(examples)
    model = pretrained().train()
    with open("phases.json") as file:
        phases = json.load(file)
    before = []
    for phase in phases:
        before.append(weights_of(model))
        run(model, phase, examples)
        if "blend" in phase:
            blend(model, before[-phase.get("over", 1)], phase["blend"])
        print(evaluate(model, examples, collate), flush=True)
        torch.save(model.state_dict(), out)


def weights_of(model):
    return {name: values.clone() for name, values in model.state_dict().items()}


def blend(model, before, share):
    """Weights between those before a phase, or several, and those after it read better than either (Wortsman et al.,
    Model soups, 2022)."""
    after = model.state_dict()
    model.load_state_dict({name: (1 - share) * before[name] + share * after[name] for name in after})


def hold_out(examples):
    held = []
    for name in ENTAILMENT:
        random.Random(5).shuffle(examples[name])
        count = len(examples[name]) // HELD_VERDICTS
        held += examples[name][:count]
        examples[name] = examples[name][count:]
    return held


def run(model, phase, examples):
    chosen = [each for name, share in phase["shares"].items() for each in drawn(examples[name], share)]
    if "window" in phase:
        chosen = [cropped(each, random.randint(*phase["window"])) for each in chosen]
    if "hidden" in phase:
        chosen = [each if each.verdict != UNKNOWN else masked(each, phase["hidden"]) for each in chosen]
    model.drop(phase.get("dropout", 0))
    batches, peak, least = batched(chosen), phase["rate"], phase["last"]
    matrices = [each for each in model.parameters() if each.dim() > 1]
    others = [each for each in model.parameters() if each.dim() <= 1]
    optimiser = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0}], betas=(0.9, 0.98))
    started, mean, steady = time.time(), 0.0, None
    for index, batch in enumerate(batches):
        done, warm = index / len(batches), phase["warm"]
        for group in optimiser.param_groups:
            group["lr"] = peak * (done / warm if done < warm else least + (1 - least) * (1 - done) / (1 - warm))
        loss = step(model, optimiser, collate(batch))
        mean += (loss - mean) * max(0.02, 1 / (index + 1))
        if index % 50 == 49:
            print(f"{index + 1}/{len(batches)} loss {mean:.3f}, {(time.time() - started) / (index + 1):.2f} s each", flush=True)
        if "follow" in phase and done > 0.5 and index % 10 == 0:
            steady = followed(steady, model, phase["follow"])
    if steady:
        model.load_state_dict(steady)


def followed(steady, model, pace):
    """Weights that follow those of the model at a pace: their running mean."""
    if steady is None:
        return weights_of(model)
    for name, values in model.state_dict().items():
        steady[name].lerp_(values, pace)
    return steady


def drawn(examples, share):
    """So much of the examples; more than 1 takes all of them that often."""
    whole, rest = divmod(share, 1)
    return [*examples * int(whole), *random.sample(examples, int(len(examples) * rest))]


def masked(example, most):
    """Some of the words hidden, so that what is seen often is not learnt by heart."""
    hide = random.random() * most
    tokens = [MASK if random.random() < hide and index and token != example.tokens[-1] else token
              for index, token in enumerate(example.tokens)]
    return example._replace(tokens=tokens)


def step(model, optimiser, batch):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        made = model(*batch[:3])
    loss = loss_of(made, batch)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


def loss_of(made, batch):
    """Of each example what is known of it; a span is found among its text's tokens and `[CLS]`, which means none."""
    opening, closing, relevance, verdict = made
    *_, readable, start, end, relevant, wanted = batch
    hidden, loss = (1 - readable) * -1e4, 0.0
    known = start != UNKNOWN
    if known.any():
        both = (functional.cross_entropy((opening + hidden)[known], start[known])
                + functional.cross_entropy((closing + hidden)[known], end[known]))
        loss = loss + both / 2 * known.float().mean()
    known = relevant != UNKNOWN
    if known.any():
        both = functional.binary_cross_entropy_with_logits(relevance[known], relevant[known].float())
        loss = loss + both / 2 * known.float().mean()
    known = wanted != UNKNOWN
    if known.any():
        loss = loss + functional.cross_entropy(verdict[known], wanted[known]) * known.float().mean()
    return loss


def cropped(example, width):
    """A stretch of the text, with the answer when there is one: what matters stands near by, and short texts train fast."""
    tokens, start, end, _, verdict, text = example
    last = len(tokens) - 1
    if last - text <= width or verdict != UNKNOWN or (start > 0 and end - start >= width - 8):
        return example
    if start > 0:
        first = random.randint(max(text, end - width + 1), min(start, last - width))
        start, end = start - (first - text), end - (first - text)
    else:
        first = random.randint(text, last - width)
    return example._replace(tokens=[*tokens[:text], *tokens[first:first + width], tokens[-1]], start=start, end=end)


def batched(examples):
    """Batches of like length, in random order."""
    examples, batches = random.sample(examples, len(examples)), []
    for begin in range(0, len(examples), 4000):
        part = sorted(examples[begin:begin + 4000], key=lambda each: len(each.tokens) + random.random() * 6)
        while part:
            longest = len(part[min(len(part) - 1, 24)].tokens) + 4
            count = max(4, min(MOST_TOGETHER, TOKENS_TOGETHER // longest))
            batches.append(part[:count])
            part = part[count:]
    return random.sample(batches, len(batches))


def collate(batch):
    """Tokens, mask, segments and what a span may be made of, `[texts, length]`; start, end, relevant and verdict, `[texts]`."""
    longest = -(-max(len(each.tokens) for each in batch) // 8) * 8
    tokens = torch.zeros(len(batch), longest, dtype=torch.long)
    mask, segments, readable = (torch.zeros(len(batch), longest) for _ in range(3))
    for row, each in enumerate(batch):
        length, separator = len(each.tokens), each.tokens[-1]
        tokens[row, :length] = torch.tensor(each.tokens)
        mask[row, :length] = 1
        segments[row, each.tokens.index(separator) + 1:length] = 1
        readable[row, each.text:length - 1] = 1
        readable[row, 0] = 1
    column = lambda name: torch.tensor([getattr(each, name) for each in batch])
    return tokens, mask, segments, readable, column("start"), column("end"), column("relevant"), column("verdict")


if __name__ == "__main__":
    main(*sys.argv[1:])
