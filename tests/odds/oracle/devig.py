"""Prices to probabilities, each method from its formula, solved by plain bisection; and what a price is worth after commission."""
import functools
import math

METHODS = ("multiplicative", "additive", "power", "odds_ratio", "goto", "shin")


def bisect(f, low, high):
    """A root of f, which is above zero at low and below it at high."""
    for _ in range(300):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if f(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def devig(prices, method, winners=1):
    """The probabilities, or None where the method has no answer."""
    return solved(tuple(prices), method, winners)


@functools.lru_cache(maxsize=None)
def solved(prices, method, winners):
    q = [1 / float(price) for price in prices]
    n, book = len(q), sum(q)
    if not (2 <= n <= 200 and 1 <= winners < n):
        return None
    if method == "multiplicative":
        p = [winners * x / book for x in q]
    elif method == "additive":
        p = [x - (book - winners) / n for x in q]
    elif method == "power":
        total = lambda k: math.fsum(x**k for x in q) - winners  # noqa: E731
        high = 1.0
        while total(high) > 0 and high < 1e9:
            high *= 2
        p = [x ** bisect(total, 0.0, high) for x in q]
    elif method == "odds_ratio":
        # By the logarithm of c: it may be large or small.
        ratio = lambda c: [x / (c + x - c * x) for x in q]  # noqa: E731
        p = ratio(math.exp(bisect(lambda t: sum(ratio(math.exp(t))) - winners, -40.0, 40.0)))
    elif method == "goto":
        s = [math.sqrt(1 - x) for x in q]
        p = [x - y * (book - winners) / sum(s) for x, y in zip(q, s)]
    elif method == "shin":
        if winners != 1:
            return None
        if book <= 1:
            p = [x / book for x in q]
        else:
            shin = lambda z: [2 * (x * x / book) / (math.sqrt(z * z + 4 * (1 - z) * x * x / book) + z) for x in q]  # noqa: E731
            p = shin(bisect(lambda z: sum(shin(z)) - 1, 0.0, 1 - 1e-12))
    else:
        raise ValueError(method)
    return p if all(0 < x < 1 for x in p) else None


def overround(prices):
    return sum(1 / float(price) for price in prices)


def net(price, commission, side):
    """The back price that is as good; laying is backing the complement."""
    d, c = float(price), float(commission)
    return 1 + (d - 1) * (1 - c) if side == "back" else 1 + (1 - c) / (d - 1)


def kelly(p, d):
    return max(0.0, (p * d - 1) / (d - 1)) if d > 1 else None
