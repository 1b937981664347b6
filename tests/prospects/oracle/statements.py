#!/usr/bin/env python3
"""Random statements for a small league, and after each of them what has to hold, as a psql script.

    statements.py SEED HOW_MANY | psql

Prints a line for every season line that is not what its games say, for every stored vector that is not up to date and not
reported as stale, and for every one that a refresh left as it was; and at the end how many statements were checked.
"""
import random
import sys

PEOPLE = 12
LEVELS = ("A", "AA", "A+", "Rookie")
SEASONS = (2018, 2019, 2020)
COUNTS = (
    "plate_appearances at_bats runs hits doubles triples home_runs rbi walks intentional_walks strikeouts stolen_bases "
    "caught_stealing hit_by_pitch sacrifice_flies sacrifice_hits ground_outs air_outs ground_into_double_play pitches_seen "
    "games_started outs_pitched batters_faced hits_allowed runs_allowed earned_runs home_runs_allowed walks_allowed "
    "strikeouts_pitched hit_batsmen pitches_thrown strikes_thrown ground_outs_pitched air_outs_pitched wins losses saves"
).split()
GRADES = ("rank_overall future_value dynasty_rank hit_present hit_future power_future fastball_grade slider_grade changeup_grade "
          "control_grade command_grade").split()
OTHERS = (
    "is_home = NOT is_home", "game_date = game_date + 1", "game_date = date '2019-06-01' - (game_date - date '2019-06-01')",
    "game_type = CASE WHEN game_type = 'Spring' THEN NULL ELSE 'Spring' END", "team = 'x'", "left_on_base = 3",
    "game_number = 3 - least(game_number, 2)",
)

PREPARE = """
\\set VERBOSITY terse
SET client_min_messages = error;
CREATE FUNCTION pg_temp.check(what text, refresh boolean) RETURNS SETOF text LANGUAGE plpgsql AS $fn$
BEGIN
    RETURN QUERY SELECT format('season line %s after %s', d, what) FROM dynasty.season_stats_diff() d;
    RETURN QUERY
    SELECT format('vector of %s as of %s is not stale after %s', prospect_id, year, what)
    FROM generate_series(2019, 2020) year CROSS JOIN LATERAL dynasty.feature_matrix(year) m JOIN dynasty.ml_features f USING (prospect_id)
    WHERE f.as_of_year = year AND f.feature_values IS DISTINCT FROM m.feature_values
      AND NOT EXISTS (SELECT FROM dynasty.stale_features(year) s WHERE s.prospect_id = m.prospect_id);
    IF refresh THEN
        PERFORM dynasty.refresh_stale_features(2019), dynasty.refresh_features(2020);
        RETURN QUERY
        SELECT format('vector of %s as of %s is wrong after a refresh after %s', prospect_id, year, what)
        FROM generate_series(2019, 2020) year CROSS JOIN LATERAL dynasty.feature_matrix(year) m JOIN dynasty.ml_features f USING (prospect_id)
        WHERE f.as_of_year = year AND f.feature_values IS DISTINCT FROM m.feature_values;
    END IF;
END
$fn$;
"""


class Statements:
    def __init__(self, seed):
        self.dice = random.Random(seed)

    def who(self):
        return self.dice.randint(1, PEOPLE)

    def value(self):
        return self.dice.choice(("NULL", "0", "1", "2", "3", "4"))

    def where(self):
        return self.dice.choice((
            f"prospect_id = {self.who()}",
            f"game_pk % {self.dice.randint(2, 30)} = 0",
            f"season = {self.dice.choice(SEASONS)} AND game_pk % {self.dice.randint(1, 5)} = 0",
            f"level = '{self.dice.choice(LEVELS)}' AND prospect_id < {self.who()}",
            f"hits = {self.dice.randint(0, 3)}",
            "game_date < '2019-05-20'",
        ))

    def insert(self):
        season = self.dice.choice(SEASONS)
        row = {
            "prospect_id": self.who(), "game_pk": self.dice.randint(1, 60), "season": season,
            "game_date": f"date '{season}-05-01' + {self.dice.randint(0, 40)}", "level": f"'{self.dice.choice(LEVELS)}'",
            "game_type": self.dice.choice(("'Regular'", "NULL", "'Spring'")), "is_home": self.dice.choice(("true", "false", "NULL")),
        }
        row.update({column: self.value() for column in self.dice.sample(COUNTS, self.dice.randint(3, 12))})
        update = "UPDATE SET " + ", ".join(f"{column} = excluded.{column}" for column in list(row)[2:])
        return (f"INSERT INTO dynasty.milb_game_logs ({', '.join(row)}) VALUES ({', '.join(map(str, row.values()))}) "
                f"ON CONFLICT (prospect_id, game_pk) DO {self.dice.choice(('NOTHING', update))}")

    def insert_many(self):
        return ("INSERT INTO dynasty.milb_game_logs (prospect_id, game_pk, game_date, season, level, hits, plate_appearances, outs_pitched, rbi) "
                f"SELECT p, {self.dice.randint(61, 10 ** 6)} + g, date '2019-04-01' + g, 2019, 'A', g * {self.dice.randint(1, 9)} % 4, "
                f"{self.value()}, {self.value()}, {self.value()} FROM generate_series(1, {PEOPLE}, {self.dice.randint(2, 5)}) p, "
                f"generate_series(1, {self.dice.randint(1, 8)}) g ON CONFLICT DO NOTHING")

    def update(self):
        kind = self.dice.random()
        if kind < 0.15:
            change = self.dice.choice((f"level = '{self.dice.choice(LEVELS)}'", f"season = {self.dice.choice((*SEASONS, 2021))}",
                                       f"prospect_id = {PEOPLE + 1} - prospect_id", "id = id + 100000"))
        elif kind < 0.4:
            change = self.dice.choice(OTHERS)
        else:
            change = ", ".join(f"{column} = {self.dice.choice((self.value(), f'least(9, {column} + 1)', self.dice.choice(COUNTS)))}"
                               for column in self.dice.sample(COUNTS, self.dice.randint(1, 3)))
        return f"UPDATE dynasty.milb_game_logs SET {change} WHERE {self.where()}"

    def exchange(self):
        """The games of a line exchange the values of a column in pairs."""
        column = self.dice.choice((*COUNTS, "is_home", "game_date", "game_number"))
        numbered = ("(SELECT *, row_number() OVER (PARTITION BY prospect_id, season, level ORDER BY id) - 1 AS n "
                    "FROM dynasty.milb_game_logs)")
        return (f"UPDATE dynasty.milb_game_logs l SET {column} = other.{column} FROM {numbered} own JOIN {numbered} other "
                "ON (own.prospect_id, own.season, own.level) = (other.prospect_id, other.season, other.level) "
                "AND other.n = own.n + 1 - own.n % 2 * 2 WHERE own.id = l.id")

    def delete(self):
        return f"DELETE FROM dynasty.milb_game_logs WHERE {self.where()} AND game_pk % 3 = 0"

    def both(self):
        return f"WITH d AS ({self.delete()} RETURNING 1), u AS ({self.update()} RETURNING 1) SELECT FROM d, u LIMIT 0"

    def person(self):
        change = self.dice.choice((
            f"birth_date = date '1998-01-01' + {self.dice.randint(0, 2000)}", "birth_date = NULL",
            f"position = '{self.dice.choice(('SS', 'SP', 'C', 'OF'))}'",
            f"birth_country = '{self.dice.choice(('USA', 'Cuba', ''))}', draft_year = {self.dice.choice(('NULL', '2018', '2021'))}, draft_pick = 5",
        ))
        return f"UPDATE dynasty.prospects SET {change} WHERE id = {self.who()}"

    def grades(self):
        columns = self.dice.sample(GRADES, 3)
        values = [str(self.dice.randrange(20, 81, 5)) for _ in columns]
        if self.dice.random() < 0.5:
            change = ", ".join(f"{column} = {value}" for column, value in zip(columns, values))
            return f"UPDATE dynasty.scouting_grades SET {change} WHERE prospect_id = {self.who()}"
        if self.dice.random() < 0.3:
            return self.dice.choice((
                f"UPDATE dynasty.scouting_grades SET date_recorded = date_recorded + 300, {columns[0]} = {values[0]} WHERE prospect_id = {self.who()}",
                f"UPDATE dynasty.scouting_editions SET {columns[0]} = {values[0]} WHERE prospect_id = {self.who()}",
                f"DELETE FROM dynasty.scouting_editions WHERE prospect_id = {self.who()} AND id % 2 = 0"))
        return (f"INSERT INTO dynasty.scouting_grades (prospect_id, source, ranking_year, date_recorded, {', '.join(columns)}) VALUES ({self.who()}, "
                f"'{self.dice.choice(('BA', 'fangraphs', 'z'))}', {self.dice.randint(2018, 2021)}, date '2018-06-01' + {self.dice.randint(0, 1000)}, "
                f"{', '.join(values)}) ON CONFLICT (prospect_id, source, ranking_year) DO UPDATE SET date_recorded = excluded.date_recorded, "
                f"{columns[0]} = excluded.{columns[0]}")

    def majors(self):
        return (f"INSERT INTO dynasty.mlb_stats (prospect_id, season, games_played, war) VALUES ({self.who()}, {self.dice.randint(2018, 2021)}, "
                f"{self.value()}, 1) ON CONFLICT (prospect_id, season) DO UPDATE SET games_played = excluded.games_played")

    def advanced(self):
        return (f"INSERT INTO dynasty.milb_advanced_stats (prospect_id, season, level, wrc_plus, wraa) VALUES ({self.who()}, "
                f"{self.dice.randint(2018, 2021)}, '{self.dice.choice(LEVELS)}', {self.dice.randrange(50, 150, 10)}, {self.value()}) "
                "ON CONFLICT (prospect_id, season, level) DO UPDATE SET wrc_plus = excluded.wrc_plus, wraa = excluded.wraa")

    def any(self):
        kinds = ([self.insert] * 6 + [self.insert_many] * 2 + [self.update] * 12 + [self.exchange] * 6 + [self.delete] * 3 + [self.person] * 3
                 + [self.grades] * 4 + [self.majors, self.advanced, self.advanced, self.both])
        return self.dice.choice(kinds)()

    def transaction(self):
        kind = self.dice.random()
        if kind < 0.65:
            return [self.any()]
        if kind < 0.9:
            return ["BEGIN", self.any(), self.any(), "COMMIT"]
        return ["BEGIN", self.any(), "SAVEPOINT a", self.any(), "ROLLBACK TO a", self.any(), "COMMIT"]


def main(seed, how_many):
    statements = Statements(int(seed))
    print(PREPARE)
    print(f"INSERT INTO dynasty.prospects (id, name, position) SELECT n, 'P', (ARRAY['SS', 'SP', 'C'])[1 + n % 3] FROM generate_series(1, {PEOPLE}) n;")
    for _ in range(40):
        print(statements.insert() + ";")
    print("SELECT dynasty.refresh_features(year) FROM generate_series(2019, 2020) year \\g /dev/null")
    for number in range(int(how_many)):
        parts = statements.transaction()
        print("\n".join(part + ";" for part in parts))
        print(f"SELECT pg_temp.check($what${number}: {'; '.join(parts)}$what$, {number % 3 == 2});")
    print(f"SELECT 'checked {how_many}, ' || count(*) || ' lines' FROM dynasty.milb_season_stats;")


if __name__ == "__main__":
    main(*sys.argv[1:])
