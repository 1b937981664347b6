"""The norms of a season and level, from all prospects (5.6)."""
import datetime

import primitives as p
from rowsets import counted, group, hitting, pitching, stint_of
from tables import PITCHER_POSITIONS

HITTING = {"OPS": p.ops, "KR": p.kr, "BBR": p.bbr, "ISO": p.iso, "BABIP": p.babip}
PITCHING = {"ERA": p.era, "FIP": p.fip, "KBB": p.kbb}
ENOUGH = 5


def people(rows):
    return {g.prospect_id for g in rows}


class Norms:
    def __init__(self, database):
        position = {prospect.id: prospect.position for prospect in database.prospects}
        birth = {prospect.id: prospect.birth_date for prospect in database.prospects}
        self.age = {}
        self.values = {}
        for (season, level), rows in group(filter(counted, database.games), stint_of).items():
            ages = [p.age(birth[who], datetime.date(season, 7, 1)) for who in people(rows) if birth[who] is not None]
            if len(ages) >= ENOUGH:
                self.age[season, level] = p.mean(ages)
            batting = [g for g in rows if hitting(g) and position[g.prospect_id] not in PITCHER_POSITIONS]
            throwing = [g for g in rows if pitching(g) and position[g.prospect_id] in PITCHER_POSITIONS]
            norms = self.values[season, level] = {}
            for pool, primitives in ((batting, HITTING), (throwing, PITCHING)):
                if len(people(pool)) >= ENOUGH:
                    norms.update({name: function(pool) for name, function in primitives.items()})

    def get(self, stint, name):
        return self.age.get(stint) if name == "age" else self.values.get(stint, {}).get(name)
