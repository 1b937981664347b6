"""Algorithm 2 of Lundberg, Erion and Lee (arXiv:1802.03888), step by step, in doubles: slow, and an independent reference."""

import copy

import numpy as np


def contributions(document, x):
    """Of a row (floats) under an XGBoost document of one output, without the base value."""
    learner = document["learner"]
    phi = np.zeros(int(learner["learner_model_param"]["num_feature"]))
    for tree in learner["gradient_booster"]["model"]["trees"]:
        recurse(tree, x, phi, 0, [], 1.0, 1.0, -1)
    return phi


def extend(path, zero, one, feature):
    path = copy.deepcopy(path) + [[feature, zero, one, 1.0 if not path else 0.0]]
    length = len(path)
    for i in range(length - 2, -1, -1):
        path[i + 1][3] += one * path[i][3] * (i + 1) / length
        path[i][3] = zero * path[i][3] * (length - 1 - i) / length
    return path


def unwind(path, i):
    path = copy.deepcopy(path)
    length = len(path)
    n = path[-1][3]
    _, zero, one, _ = path[i]
    for j in range(length - 2, -1, -1):
        if one != 0:
            t = path[j][3]
            path[j][3] = n * length / ((j + 1) * one)
            n = t - path[j][3] * zero * (length - 1 - j) / length
        else:
            path[j][3] = path[j][3] * length / (zero * (length - 1 - j))
    for j in range(i, length - 1):
        path[j][:3] = path[j + 1][:3]
    return path[:-1]


def recurse(tree, x, phi, j, path, zero, one, feature):
    path = extend(path, zero, one, feature)
    left, right = tree["left_children"][j], tree["right_children"][j]
    if left == -1:
        for i in range(1, len(path)):
            w = sum(p[3] for p in unwind(path, i))
            phi[path[i][0]] += w * (path[i][2] - path[i][1]) * tree["split_conditions"][j]
        return
    split, cover = tree["split_indices"][j], tree["sum_hessian"]
    value = x[split]
    if np.isnan(value):
        goes_left = bool(tree["default_left"][j])
    else:
        goes_left = value < np.float32(tree["split_conditions"][j])
    hot, cold = (left, right) if goes_left else (right, left)
    above_zero = above_one = 1.0
    met = next((i for i, p in enumerate(path) if p[0] == split), None)
    if met is not None:
        _, above_zero, above_one, _ = path[met]
        path = unwind(path, met)
    recurse(tree, x, phi, hot, path, above_zero * cover[hot] / cover[j], above_one, split)
    recurse(tree, x, phi, cold, path, above_zero * cover[cold] / cover[j], 0.0, split)
