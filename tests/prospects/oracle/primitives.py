"""The primitives of 5.5 and the small statistics of 1.2 to 1.4. None is NULL."""
import math

from tables import z


def complete(rows, *columns):
    return [row for row in rows if all(getattr(row, column) is not None for column in columns)]


def total(rows, column):
    """SUM with NULLs as 0; over complete rows of an essential column, and for the supplementary ones everywhere."""
    return sum(z(getattr(row, column)) for row in rows)


def divide(numerator, denominator):
    return None if denominator == 0 else numerator / denominator


def divide_positive(numerator, denominator):
    return None if denominator <= 0 else numerator / denominator


def both(a, b, operation):
    return None if a is None or b is None else operation(a, b)


def minus(a, b):
    return both(a, b, lambda x, y: x - y)


def times(a, b):
    return both(a, b, lambda x, y: x * y)


def clip(v, low, high):
    return min(max(v, low), high)


def stored(value):
    """1.4: what is not finite is NULL, and there is no negative zero."""
    if value is None:
        return None
    value = float(value)
    if not math.isfinite(value):
        return None
    return 0.0 if value == 0 else value


# Dates and ages (1.1).

def age(birth, day):
    return None if birth is None else (day - birth).days / 365.25


# Series (1.3).

def mean(values):
    return math.fsum(values) / len(values) if values else None


def sd(values):
    if len(values) < 2:
        return None
    if max(values) == min(values):
        return 0.0
    m = mean(values)
    return math.sqrt(math.fsum((x - m) ** 2 for x in values) / (len(values) - 1))


def cv(values):
    if len(values) < 2 or sum(values) == 0:
        return None
    return sd(values) / mean(values)


# Hitting.

def avg(rows):
    w = complete(rows, "h", "ab")
    return divide(total(w, "h"), total(w, "ab")) if w else None


def obp(rows):
    w = complete(rows, "h", "bb", "ab")
    if not w:
        return None
    on_base = total(w, "h") + total(w, "bb") + total(w, "hbp")
    return divide(on_base, total(w, "ab") + total(w, "bb") + total(w, "hbp") + total(w, "sf"))


def slg(rows):
    w = complete(rows, "h", "b2", "b3", "hr", "ab")
    if not w:
        return None
    return divide(total(w, "h") + total(w, "b2") + 2 * total(w, "b3") + 3 * total(w, "hr"), total(w, "ab"))


def ops(rows):
    return both(obp(rows), slg(rows), lambda x, y: x + y)


def iso(rows):
    w = complete(rows, "b2", "b3", "hr", "ab")
    return divide(total(w, "b2") + 2 * total(w, "b3") + 3 * total(w, "hr"), total(w, "ab")) if w else None


def babip(rows):
    w = complete(rows, "h", "hr", "ab", "so")
    if not w:
        return None
    in_play = total(w, "ab") - total(w, "so") - total(w, "hr") + total(w, "sf")
    return divide_positive(total(w, "h") - total(w, "hr"), in_play)


def singles(w):
    return total(w, "h") - total(w, "b2") - total(w, "b3") - total(w, "hr")


def woba(rows):
    w = complete(rows, "bb", "h", "b2", "b3", "hr", "ab")
    if not w:
        return None
    unintentional = total(w, "bb") - total(w, "ibb")
    worth = (0.690 * unintentional + 0.722 * total(w, "hbp") + 0.888 * singles(w) + 1.271 * total(w, "b2")
             + 1.616 * total(w, "b3") + 2.101 * total(w, "hr"))
    return divide_positive(worth, total(w, "ab") + unintentional + total(w, "sf") + total(w, "hbp"))


def per_pa(rows, *columns):
    w = complete(rows, *columns)
    return divide(sum(total(w, column) for column in columns), total(w, "pa")) if w else None


def bbr(rows):
    return per_pa(rows, "bb")


def kr(rows):
    return per_pa(rows, "so")


def hrr(rows):
    return per_pa(rows, "hr")


# Pitching.

def era(rows):
    w = complete(rows, "er")
    return divide(27 * total(w, "er"), total(w, "outs")) if w else None


def fip(rows):
    w = complete(rows, "hra", "bba", "kp")
    if not w or total(w, "outs") == 0:
        return None
    runs = 3 * (13 * total(w, "hra") + 3 * (total(w, "bba") + total(w, "hb")) - 2 * total(w, "kp"))
    return runs / total(w, "outs") + 3.10


def whip(rows):
    w = complete(rows, "bba", "ha")
    return divide(3 * (total(w, "bba") + total(w, "ha")), total(w, "outs")) if w else None


def kpr(rows):
    w = complete(rows, "kp")
    return divide(total(w, "kp"), total(w, "bf")) if w else None


def bbpr(rows):
    w = complete(rows, "bba")
    return divide(total(w, "bba"), total(w, "bf")) if w else None


def kbb(rows):
    w = complete(rows, "kp", "bba")
    return divide(total(w, "kp") - total(w, "bba"), total(w, "bf")) if w else None
