"""The base tables as CSV dumps, read into rows with the short names of the contract (5.4)."""
import csv
import datetime
import os
from decimal import Decimal

LEVELS = {"Complex": 1, "Rookie": 2, "A": 3, "A+": 4, "AA": 5, "AAA": 6}
PITCHER_POSITIONS = {"P", "SP", "RP", "RHP", "LHP"}

# Column of milb_game_logs -> symbol of the contract.
SYMBOLS = {
    "plate_appearances": "pa_stored", "at_bats": "ab", "hits": "h", "doubles": "b2", "triples": "b3", "home_runs": "hr",
    "runs": "r", "rbi": "rbi", "walks": "bb", "intentional_walks": "ibb", "strikeouts": "so", "stolen_bases": "sb",
    "caught_stealing": "cs", "hit_by_pitch": "hbp", "sacrifice_flies": "sf", "sacrifice_hits": "sh",
    "ground_outs": "go", "air_outs": "ao", "ground_into_double_play": "gidp", "pitches_seen": "pitches_seen",
    "games_started": "gs", "outs_pitched": "outs", "batters_faced": "bf_stored", "hits_allowed": "ha",
    "runs_allowed": "ra", "earned_runs": "er", "home_runs_allowed": "hra", "walks_allowed": "bba",
    "strikeouts_pitched": "kp", "hit_batsmen": "hb", "pitches_thrown": "thrown", "strikes_thrown": "strikes",
    "ground_outs_pitched": "gop", "air_outs_pitched": "aop", "wins": "wins", "losses": "losses", "saves": "saves",
}


class Game:
    """One row of milb_game_logs. pa and bf are the effective ones (5.2)."""

    __slots__ = ("id", "prospect_id", "game_date", "game_number", "season", "level", "ordinal", "game_type", "is_home",
                 "pa", "bf", *SYMBOLS.values())


class Row:
    """A row of one of the small tables; a column the dump does not have is NULL."""

    def __init__(self, values):
        self.__dict__.update(values)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return None


def z(x):
    return 0 if x is None else x


def integer(text):
    return int(text) if text else None


def number(text):
    return Decimal(text) if text else None


def date(text):
    return datetime.date.fromisoformat(text) if text else None


def boolean(text):
    return {"t": True, "f": False, "": None}[text]


def effective_pa(g):
    if g.pa_stored is not None:
        return g.pa_stored
    if g.ab is not None:
        return g.ab + z(g.bb) + z(g.hbp) + z(g.sf) + z(g.sh)
    return None


def effective_bf(g):
    if g.bf_stored is not None:
        return g.bf_stored
    if g.outs is None:
        return None  # in no set of pitching rows
    return g.outs + z(g.ha) + z(g.bba) + z(g.hb)


def records(directory, table):
    with open(os.path.join(directory, table + ".csv"), newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def read_games(directory):
    games = []
    for record in records(directory, "milb_game_logs"):
        g = Game()
        g.id = int(record["id"])
        g.prospect_id = int(record["prospect_id"])
        g.game_date = date(record["game_date"])
        g.game_number = integer(record["game_number"])
        g.season = int(record["season"])
        g.level = record["level"]
        g.ordinal = LEVELS[g.level]
        g.game_type = record["game_type"] or None
        g.is_home = boolean(record["is_home"])
        for column, symbol in SYMBOLS.items():
            setattr(g, symbol, integer(record[column]))
        g.pa = effective_pa(g)
        g.bf = effective_bf(g)
        games.append(g)
    # 1.6, once for everything.
    games.sort(key=lambda g: (g.game_date, 1 if g.game_number is None else g.game_number, g.id))
    return games


TEXTS = {"name", "position", "bats", "throws", "birth_country", "source", "risk_level", "level"}
DATES = {"birth_date", "date_recorded", "mlb_debut_date"}
NUMBERS = {"war"}
WANTED = {
    "prospects": "id position bats throws height_inches weight_lbs birth_date birth_country draft_year draft_round draft_pick "
                 "signing_bonus_usd".split(),
    "mlb_stats": "prospect_id season mlb_debut_date games_played plate_appearances war games_pitched outs_pitched "
                 "batters_faced".split(),
    "scouting_grades": None,
    "scouting_editions": None,
    "milb_advanced_stats": None,
}
UNREAD = {"eta_season", "scouting_report", "created_at", "updated_at", "data_source", "redraft_rank", "kept_at"}


def read_rows(directory, table):
    rows = []
    for record in records(directory, table):
        values = {}
        for column in WANTED[table] or record:
            text = record[column] if column in record else ""
            if column in UNREAD:
                continue
            if column in TEXTS:
                values[column] = text if text != "" else None
            elif column in DATES:
                values[column] = date(text)
            elif table == "milb_advanced_stats" and column not in ("id", "prospect_id", "season") or column in NUMBERS:
                values[column] = number(text)
            else:
                values[column] = integer(text)
        rows.append(Row(values))
    return rows


def editions(directory):
    """Lists that a later edition displaced: grades like those of the table, and beside them the number they are kept under."""
    if not os.path.exists(os.path.join(directory, "scouting_editions.csv")):
        return []
    rows = read_rows(directory, "scouting_editions")
    for row in rows:
        row.edition, row.id = row.id, row.grade_id if row.grade_id is not None else row.id
    return rows


def by_prospect(rows):
    found = {}
    for row in rows:
        found.setdefault(row.prospect_id, []).append(row)
    return found


class Database:
    def __init__(self, prospects, games, grades, advanced, majors):
        self.prospects = sorted(prospects, key=lambda p: p.id)
        self.games = games
        self.games_of = by_prospect(games)
        self.grades_of = by_prospect(grades)
        self.advanced_of = by_prospect(advanced)
        self.majors = majors
        self.majors_of = by_prospect(majors)

    @classmethod
    def read(cls, directory):
        tables = (read_rows(directory, table) for table in ("scouting_grades", "milb_advanced_stats", "mlb_stats"))
        grades, advanced, majors = tables
        return cls(read_rows(directory, "prospects"), read_games(directory), grades + editions(directory), advanced, majors)

    @classmethod
    def of_games(cls, whole):
        """The games, and of people only the position."""
        return cls([Row({"id": who.id, "position": who.position}) for who in whole.prospects], whole.games, [], [], [])
