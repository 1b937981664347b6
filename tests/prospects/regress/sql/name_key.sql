-- The key by which sources that write a name differently are compared.
SELECT name, dynasty.name_key(name) AS key FROM (VALUES
    ('José Ramírez'), ('JOSE RAMIREZ'), ('Jose' || chr(769) || ' Ramirez'), ('Hyun-Jin Ryu'), ('Ke''Bryan Hayes'), ('Ke' || chr(8217) || 'Bryan Hayes'),
    ('D.J. Moore Jr.'), ('Ronald Acuña, Jr'), ('Ken Griffey Sr.'), ('Cal Ripken III'), ('Vlad V'), ('Luka Dončić'), ('Søren Ødegård'),
    ('LeBron James + Anthony Davis'), ('大谷翔平'), ('김하성'), ('ダルビッシュ・有'), (' .'' '), ('')) n (name);
SELECT dynasty.name_key(NULL) IS NULL AS null_for_null;
-- Compared with plain SQL where the server knows accents itself: letters with canonical decomposition.
SELECT count(*) AS letters, count(*) FILTER (WHERE dynasty.name_key(c) <> replace(replace(lower(regexp_replace(normalize(c, NFD), '[\u0300-\u036f]', '', 'g')), 'æ', 'ae'), 'ø', 'o')) AS differ
FROM (SELECT chr(n) AS c FROM generate_series(192, 591) n) l WHERE normalize(c, NFD) <> c;
-- Organizations by any of their names.
SELECT name, dynasty.organization_key(name) AS key FROM (VALUES ('BAL'), ('Baltimore Orioles'), ('Orioles'), ('CWS'), ('Chicago White Sox'), ('Chicago'), ('St. Louis Cardinals'),
    ('Palm Beach Cardinals'), ('Norfolk Tides'), ('')) n (name);
