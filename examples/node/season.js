// node-postgres: game logs in, season statistics and features out. PG* environment variables say where.
const assert = require('node:assert/strict');
const { pipeline } = require('node:stream/promises');
const { Readable } = require('node:stream');
const { Client, types } = require('pg');
const { from: copyFrom } = require('pg-copy-streams');

// numeric and bigint arrive as text, so that no digit is lost: counts are small, make them numbers; keep numeric as text.
types.setTypeParser(types.builtins.INT8, Number);
// A date is a day, not a moment at midnight in some time zone.
types.setTypeParser(types.builtins.DATE, (text) => text);

async function main() {
  const client = new Client();
  await client.connect();
  const { rows: [{ id }] } = await client.query(
    'INSERT INTO dynasty.prospects (name, position, birth_date) VALUES ($1, $2, $3) RETURNING id', ['Nod Jess', 'C', '2001-02-03']);

  // Many rows in one statement: arrays, taken apart on the server.
  const games = Array.from({ length: 50 }, (_, g) => ({ day: new Date(Date.UTC(2023, 3, 6 + g)).toISOString().slice(0, 10), hits: g % 4 }));
  await client.query(
    `INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits)
     SELECT $1, d, 2023, 'A', 5, h FROM unnest($2::date[], $3::int[]) AS g(d, h)`,
    [id, games.map((g) => g.day), games.map((g) => g.hits)]);

  const { rows: [line] } = await client.query('SELECT * FROM dynasty.milb_season_stats WHERE prospect_id = $1', [id]);
  const hits = games.reduce((sum, g) => sum + g.hits, 0);
  assert.equal(line.games_played, 50);
  assert.equal(line.total_hits, hits);
  assert.equal(line.avg, (hits / 250).toFixed(3)); // text, every digit as stored
  assert.equal(line.season_start, '2023-04-06');
  assert.equal(line.era, null);

  // COPY, from a stream of lines.
  const lines = Array.from({ length: 30 }, (_, g) => `${id}\t2023-0${g < 15 ? 7 : 8}-${10 + (g % 15)}\t2023\tA+\t4\t1\n`);
  await pipeline(Readable.from(lines), client.query(copyFrom(
    'COPY dynasty.milb_game_logs (prospect_id, game_date, season, level, at_bats, hits) FROM STDIN')));
  const { rows: [copied] } = await client.query("SELECT games_played, avg FROM dynasty.milb_season_stats WHERE prospect_id = $1 AND level = 'A+'", [id]);
  assert.deepEqual(copied, { games_played: 30, avg: '0.250' });

  // Features: an object by name, and an array with nulls in the order of feature_names().
  const { rows: [features] } = await client.query('SELECT feature_vector, feature_values FROM dynasty.prospect_features($1, 2023)', [id]);
  const { rows: [{ names }] } = await client.query('SELECT dynasty.feature_names() AS names');
  assert.equal(names.length, 290);
  names.forEach((name, i) => assert.equal(features.feature_values[i], features.feature_vector[name], name));
  assert.equal(features.feature_vector.is_catcher, 1);

  // A reply of an API: stringify it, an array would otherwise be taken for a Postgres array.
  const { rows: [report] } = await client.query('SELECT * FROM dynasty.ingest_people($1)',
    [JSON.stringify({ people: [{ id: 700200, fullName: 'From Node', primaryPosition: { abbreviation: '1B' } }, null] })]);
  assert.deepEqual([report.inserted, report.rejected, report.rejects[0].index], [1, 1, 1]);

  // Errors have their SQLSTATE.
  await assert.rejects(client.query('SELECT dynasty.refresh_features(1492)'), (e) => e.code === '22023' && /1900/.test(e.message));
  await assert.rejects(
    client.query("INSERT INTO dynasty.milb_game_logs (prospect_id, game_date, season, level) VALUES (-1, '2023-01-01', 2023, 'A')"),
    (e) => e.code === '23503' && e.table === 'milb_game_logs');

  // A named statement is prepared once.
  for (let i = 0; i < 7; i++) {
    const { rows } = await client.query({ name: 'line', text: 'SELECT avg FROM dynasty.milb_season_stats WHERE prospect_id = $1', values: [id] });
    assert.equal(rows[0].avg, line.avg);
  }

  // Named statements and ALTER EXTENSION dynasty UPDATE: those that name their columns, and calls of functions, go on. One that
  // says * of a table which got a column is refused (0A000) as long as the connection has it under this name.
  const grades = { name: 'grades', text: 'SELECT * FROM dynasty.scouting_grades' };
  const named = [{ name: 'line', text: 'SELECT avg FROM dynasty.milb_season_stats WHERE prospect_id = $1', values: [id] },
    { name: 'features', text: 'SELECT feature_values FROM dynasty.prospect_features($1, 2023)', values: [id] }];
  const answers = async () => { const all = []; for (const query of named) all.push((await client.query(query)).rows); return all; };
  await client.query("ALTER EXTENSION dynasty UPDATE TO '1.0'");
  await client.query(grades);
  const before = await answers();
  await client.query('ALTER EXTENSION dynasty UPDATE');
  assert.deepEqual(await answers(), before);
  await assert.rejects(client.query(grades), (e) => e.code === '0A000');
  const { fields } = await client.query({ ...grades, name: 'grades again' }); // or a new connection
  assert.equal(fields.at(-1).name, 'scout');
  await client.end();
  console.log('ok');
}

main().catch((e) => { console.error(e); process.exit(1); });
