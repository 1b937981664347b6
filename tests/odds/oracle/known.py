#!/usr/bin/env python3
"""The model's own mathematics against the values that were computed elsewhere: known.py odds_maths.csv"""
import csv
import json
import sys

from devig import METHODS, devig, kelly, net

ALIASES = {"basic": "multiplicative", "wpo": "additive", "differential_margin_weighting": "additive", "or": "odds_ratio", "logarithmic": "odds_ratio"}


def ours(function, arguments):
    """None where the model has nothing to say of it."""
    if function == "devig":
        prices, method, *winners = [*arguments, "multiplicative"][: max(2, len(arguments))]
        method = ALIASES.get(method, method)
        if method in METHODS and all(isinstance(p, (int, float)) and p > 1 for p in prices) and winners in ([], [int(*winners or [0])]):
            return devig(prices, method, *map(int, winners)) or "22023"
    elif function == "effective_odds" and isinstance(arguments[0], (int, float)) and arguments[0] > 1 and 0 <= arguments[1] < 1 and arguments[2:] in ([], ["back"], ["lay"]):
        return [net(*arguments[:2], (arguments[2:] or ["back"])[0])]
    elif function == "kelly_fraction" and all(isinstance(a, (int, float)) for a in arguments) and 0 <= arguments[0] <= 1 and arguments[1] > 1 and arguments[2:] in ([], [1]):
        return [kelly(*arguments[:2])]
    return None


def main(path):
    values = problems = 0
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            arguments = json.loads(row["arguments"])
            answer = ours(row["function"], arguments)
            if answer is None:
                continue
            expected = json.loads(row["expected"])
            if isinstance(answer, str) or not isinstance(expected, (list, float)):
                same = str(expected) == answer
                values += 1
            else:
                expected = expected if isinstance(expected, list) else [expected]
                same = len(expected) == len(answer) and all(abs(a - b) <= 1e-9 * max(1, abs(b)) for a, b in zip(answer, expected))
                values += len(expected)
            if not same:
                problems += 1
                print(row["function"], row["arguments"], answer, "not", row["expected"])
    if not problems and values:
        print(f"the model's mathematics: {values} known values")
    return bool(problems or not values)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
