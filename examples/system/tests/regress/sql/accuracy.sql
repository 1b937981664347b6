-- accuracy_bound(): the limits of Newcombe 1998 (table I, method 3), NULL and what cannot be.
SELECT correct, called, round(dynasty_example.accuracy_bound(correct, called)::numeric, 4) AS at_least
FROM (VALUES (81, 263), (15, 148), (0, 20), (1, 29), (0, 0), (NULL, 5)) v (correct, called);
\set VERBOSITY sqlstate
SELECT dynasty_example.accuracy_bound(3, 2);
SELECT dynasty_example.accuracy_bound(-1, 2);
\set VERBOSITY default
SELECT dynasty_example.record_game('Doug Harvey', '1987-04-01', 150, 141) = dynasty_example.record_game('Doug Harvey', '1987-04-01', 150, 144) AS one_umpire;
SELECT name, games, round(at_least::numeric, 3) AS at_least FROM dynasty_example.umpire_list;
SELECT dynasty_example.record_game('Doug Harvey', '1987-04-02', 150, 151);
