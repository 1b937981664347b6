"""Statements for psql with what each should answer, one process for all of them; the comparison, counted by kind of question."""
import datetime
import json
import subprocess
from decimal import Decimal

EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)
TIMES = {"captured_at", "bucket_at", "first_at", "last_at", "source_updated_at", "open_at", "close_at", "kickoff", "same_as_captured_at", "last_update"}
FLOATS = {"fair_prob", "overround", "change_pct", "net_price", "min_prob", "max_prob", "stddev", "ev", "kelly", "profit", "stake", "mean_change", "clv"}


def stamp(at):
    if at in (float("inf"), float("-inf")):
        return f"'{'-' if at < 0 else ''}infinity'::timestamptz"
    return f"'{(EPOCH + datetime.timedelta(microseconds=at)).isoformat()}'::timestamptz"


def quoted(text):
    return "NULL" if text is None else "'" + str(text).replace("'", "''") + "'"


def seconds(span):
    return f"'{span // 1_000_000} seconds {span % 1_000_000} microseconds'::interval"


def read(row):
    """A row of the product's, as the model has it."""
    for name, value in row.items():
        if name in TIMES and value is not None:
            row[name] = (datetime.datetime.fromisoformat(value) - EPOCH) // datetime.timedelta(microseconds=1)
        elif name == "age" and value is not None:
            row[name] = int(Decimal(value) * 1_000_000)
    return row


def exact(row):
    """What must be equal, in a form that sorts."""
    parts = []
    for name, value in sorted(row.items()):
        if name in FLOATS:
            continue
        if name == "legs":
            value = [exact(leg) for leg in value]
        elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            value = format(Decimal(value).normalize(), "f")
        parts.append((name, str(value)))
    return tuple(parts)


def near(a, b):
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) <= 1e-9 * max(1.0, abs(float(a)))


def same_floats(ours, theirs):
    for name in ours:
        if name == "legs":
            if not all(same_floats(a, b) for a, b in zip(ours[name], theirs[name])):
                return False
        elif name in FLOATS and not near(ours[name], theirs[name]):
            return False
    return True


class Session:
    def __init__(self):
        self.script = ["SET timezone = 'UTC';", "SET client_min_messages = error;", "\\set VERBOSITY sqlstate"]
        self.asked = []
        self.counts = {}  # kind -> [questions, values, problems]

    def run(self, sql):
        """A statement that must succeed and whose answer is nobody's business."""
        self.ask("statements", sql, None)

    def ask(self, kind, sql, rows, error=None, edge=None):
        """rows: what must come back, as a set; None: anything. edge: (column, limit), where rows may differ by rounding alone."""
        self.script += [f"\\echo #{len(self.asked)}", sql.rstrip(";") + ";", "\\echo !:SQLSTATE"]
        self.asked.append((kind, sql, rows, error, edge))

    def rows(self, kind, select, rows, **more):
        self.ask(kind, f"SELECT to_jsonb(r) FROM ({select}) r", rows, **more)

    def compare(self):
        done = subprocess.run(["psql", "-XqAt", "-f", "-"], input="\n".join(self.script), capture_output=True, text=True, check=False)
        answers, state, at = {}, {}, None
        for line in done.stdout.splitlines():
            if line.startswith("#"):
                at = int(line[1:])
                answers[at] = []
            elif line.startswith("!"):
                state[at] = line[1:]
            elif at is not None:
                answers[at].append(line)
        for number, (kind, sql, rows, error, edge) in enumerate(self.asked):
            count = self.counts.setdefault(kind, [0, 0, []])
            count[0] += 1
            problem = self.problem(count, answers.get(number), state.get(number), rows, error, edge)
            if problem:
                count[2].append(f"{sql[:600]}\n      {problem}")

    def problem(self, count, lines, state, rows, error, edge):
        if state is None:
            return "no answer: the session ended"
        if error or state != "00000":
            count[1] += 1
            return None if state == (error or "00000") else f"SQLSTATE {state}, not {error or '00000'}"
        if rows is None:
            return None
        theirs = [read(json.loads(line, parse_float=Decimal)) for line in lines]
        if edge:
            column, limit = edge
            rows, theirs = ([r for r in side if r[column] is None or abs(float(r[column]) - limit) > 1e-9] for side in (rows, theirs))
        if rows and theirs and set(rows[0]) != set(theirs[0]):
            return f"columns {sorted(theirs[0])}, not {sorted(rows[0])}"
        count[1] += sum(len(r) for r in rows) or 1
        ours, theirs = sorted(rows, key=exact), sorted(theirs, key=exact)
        a, b = [exact(r) for r in ours], [exact(r) for r in theirs]
        if a != b:
            missing, extra = list(set(a) - set(b)), list(set(b) - set(a))
            return f"{len(b)} rows, not {len(a)}; missing {len(missing)}: {brief(missing)}; not ours {len(extra)}: {brief(extra)}"
        for one, other in zip(ours, theirs):
            if not same_floats(one, other):
                return f"ours {one}\n      theirs {other}"
        return None

    def report(self):
        fine = True
        for kind, (questions, values, problems) in self.counts.items():
            if problems:
                fine = False
                print(f"FAILED {kind}: {len(problems)} of {questions} questions")
                for problem in problems[:4]:
                    print(f"    {problem}")
            else:
                print(f"ok {kind}: {questions} questions, {values} values")
        return fine


def brief(rows):
    return [dict(row) for row in sorted(rows)[:2]]
