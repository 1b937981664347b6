-- Two rows of dynasty.prospects that are one man become one, with everything that hangs on them, and two again. All with the rights of who calls.
--
-- What hangs on a player is found in the catalogue: our tables with a foreign key to dynasty.prospects, those of later versions too, and
-- tables of the caller's own. Season lines and history follow by the triggers on the game logs.

-- Our tables that hold rows of players, other than those derived from them (made anew) and the ids. mate: when a row d of the one and a
-- row k of the other are the same thing; taken: the value of a column (%1$I) of which both have one.
CREATE FUNCTION dynasty._player_tables() RETURNS TABLE (relation text, mate text, taken text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT t.name,
           CASE WHEN t.name = 'milb_game_logs' THEN
               'CASE WHEN k.game_pk IS NOT NULL AND d.game_pk IS NOT NULL THEN k.game_pk = d.game_pk
                     ELSE (k.game_date, k.game_number, k.level) = (d.game_date, d.game_number, d.level)
                          AND CASE WHEN k.game_pk IS NULL AND d.game_pk IS NULL THEN k.team IS NOT DISTINCT FROM d.team
                                   ELSE k.team = d.team OR k.team IS NULL OR d.team IS NULL END END'
           ELSE coalesce(u.mate, 'false') END,
           CASE t.name WHEN 'scouting_grades' THEN 'CASE WHEN d.date_recorded > k.date_recorded THEN d.%1$I WHEN d.date_recorded < k.date_recorded THEN k.%1$I ELSE coalesce(k.%1$I, d.%1$I) END'
                       -- What was predicted is one whole.
                       WHEN 'ml_predictions' THEN 'k.%1$I'
                       ELSE 'coalesce(k.%1$I, d.%1$I)' END
    FROM (SELECT DISTINCT r.name, f.conrelid FROM unnest(dynasty._relations()) r (name)
          JOIN pg_catalog.pg_constraint f ON f.contype = 'f' AND f.conrelid = to_regclass(format('dynasty.%I', r.name)) AND f.confrelid = to_regclass('dynasty.prospects')
          WHERE r.name NOT IN ('prospect_identifiers', 'ml_features', 'ml_labels')) t
    LEFT JOIN LATERAL (
        -- The columns beside the player of a unique key that holds for every row.
        SELECT string_agg(format('k.%1$I = d.%1$I', a.attname), ' AND ' ORDER BY a.attnum) AS mate
        FROM (SELECT i.indrelid, i.indkey FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute p ON p.attrelid = i.indrelid AND p.attname = 'prospect_id'
              WHERE i.indrelid = t.conrelid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL AND p.attnum = ANY (i.indkey::int2[])
              ORDER BY i.indexrelid LIMIT 1) i
        JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::int2[]) AND a.attname <> 'prospect_id') u ON true
    ORDER BY t.name
$fn$;
COMMENT ON FUNCTION dynasty._player_tables() IS 'Internal, of merge_prospects(): the tables that hold rows of players, and when two rows are the same thing.';

-- Columns that can be written, as a list; but for some.
CREATE FUNCTION dynasty._written_columns(relation text, but text[]) RETURNS text[]
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = to_regclass(format('dynasty.%I', $1)) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attname <> ALL ($2)
$fn$;
COMMENT ON FUNCTION dynasty._written_columns(text, text[]) IS 'Internal, of merge_prospects(): the columns of a table of ours that are written.';

-- What derives the vectors and labels of these players anew that were stored: the calls.
CREATE FUNCTION dynasty._derived_anew(players integer[], vectors jsonb, labels jsonb) RETURNS SETOF text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $fn$
    SELECT format('SELECT dynasty.refresh_features(%s, %L, %L::integer[])', q.as_of_year, q.version, players)
    FROM (SELECT DISTINCT (v.value ->> 'as_of_year')::integer AS as_of_year, v.value ->> 'feature_set_version' AS version FROM jsonb_array_elements(vectors) v (value)) q
    -- Of a set that is gone nothing can be computed.
    WHERE q.version = 'v1.0' OR EXISTS (SELECT FROM dynasty.feature_sets s WHERE s.version = q.version)
    UNION ALL
    -- As complete as the labels said it was.
    SELECT format('SELECT dynasty.refresh_labels(%s, %s, %s, %L::jsonb, %L::integer[])', q.prospect_year, q.evaluation_year,
                  CASE WHEN q.complete THEN q.evaluation_year ELSE q.evaluation_year - 1 END, coalesce(w.config, '{}'::jsonb), players)
    FROM (SELECT (l.value ->> 'prospect_year')::integer AS prospect_year, (l.value ->> 'evaluation_year')::integer AS evaluation_year,
                 bool_or((l.value ->> 'window_complete')::boolean) AS complete
          FROM jsonb_array_elements(labels) l (value) GROUP BY 1, 2) q
    LEFT JOIN dynasty.label_windows w ON (w.prospect_year, w.evaluation_year) = (q.prospect_year, q.evaluation_year)
$fn$;
COMMENT ON FUNCTION dynasty._derived_anew(integer[], jsonb, jsonb) IS 'Internal, of merge_prospects(): the calls by which vectors and labels of these players are derived anew.';

CREATE FUNCTION dynasty.merge_prospects(keep integer, "drop" integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    k_id CONSTANT integer := $1;
    d_id CONSTANT integer := $2;
    kept jsonb;
    gone jsonb;
    tables jsonb := '{}';
    others jsonb := '{}';
    ids jsonb;
    vectors jsonb;
    labels jsonb;
    pairs jsonb;
    moved jsonb;
    completed jsonb;
    editions bigint[];
    n bigint;
    merge_id bigint;
    item record;
    set_list text; -- or a call
BEGIN
    IF k_id IS NULL OR d_id IS NULL THEN
        RETURN NULL;
    END IF;
    IF k_id = d_id THEN
        RAISE EXCEPTION 'merge_prospects: keep and drop are the same prospect, %', k_id USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- From here on nobody adds a row of the one who goes: whoever tries waits, and finds him gone. In the order of ids, as another merge would.
    FOR n IN SELECT unnest(ARRAY[least(k_id, d_id), greatest(k_id, d_id)]) LOOP
        IF n = d_id THEN
            SELECT to_jsonb(p) INTO gone FROM dynasty.prospects p WHERE p.id = n FOR UPDATE;
        ELSE
            SELECT to_jsonb(p) INTO kept FROM dynasty.prospects p WHERE p.id = n FOR NO KEY UPDATE;
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'merge_prospects: prospect % does not exist', n USING ERRCODE = 'no_data_found';
        END IF;
    END LOOP;
    IF kept ->> 'mlb_id' <> gone ->> 'mlb_id' THEN
        RAISE EXCEPTION 'merge_prospects: prospect % has the mlb_id %, prospect % has %: two men to the MLB', k_id, kept ->> 'mlb_id', d_id, gone ->> 'mlb_id'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'If they are one man all the same, set the wrong mlb_id to NULL first.';
    END IF;
    SELECT coalesce(jsonb_agg(to_jsonb(f)), '[]') INTO vectors FROM dynasty.ml_features f WHERE f.prospect_id IN (k_id, d_id);
    SELECT coalesce(jsonb_agg(to_jsonb(l)), '[]') INTO labels FROM dynasty.ml_labels l WHERE l.prospect_id IN (k_id, d_id);

    SELECT array_agg(e.id) INTO editions FROM dynasty.scouting_editions e WHERE e.prospect_id IN (k_id, d_id);

    FOR item IN SELECT * FROM dynasty._player_tables() LOOP
        -- The same thing twice: the row of the one who stays is completed, the other goes.
        EXECUTE format(
            'SELECT jsonb_agg(jsonb_build_object(''id'', q.kid, ''before'', q.kept, ''gone'', q.gone))
             FROM (SELECT DISTINCT ON (m.did) m.* FROM (
                       SELECT DISTINCT ON (k.id) k.id AS kid, d.id AS did, to_jsonb(k) AS kept, to_jsonb(d) AS gone
                       FROM dynasty.%1$I k JOIN dynasty.%1$I d ON %2$s
                       WHERE k.prospect_id = $1 AND d.prospect_id = $2 ORDER BY k.id, d.id) m ORDER BY m.did, m.kid) q',
            item.relation, item.mate) INTO pairs USING k_id, d_id;
        completed := '[]';
        IF pairs IS NOT NULL THEN
            EXECUTE format('DELETE FROM dynasty.%I d USING jsonb_array_elements($1) e (value) WHERE d.id = (e.value #>> ''{gone,id}'')::bigint', item.relation)
                USING pairs;
            SELECT string_agg(format('%I = ', c) || format(item.taken, c), ', ') INTO set_list
            FROM unnest(dynasty._written_columns(item.relation, '{id,prospect_id,created_at,updated_at}'::text[])) c;
            EXECUTE format(
                'WITH written AS (
                     UPDATE dynasty.%1$I k SET %2$s
                     FROM jsonb_array_elements($1) e (value) CROSS JOIN LATERAL jsonb_populate_record(NULL::dynasty.%1$I, e.value -> ''gone'') d
                     WHERE k.id = (e.value ->> ''id'')::bigint RETURNING k.id, to_jsonb(k) AS after)
                 SELECT jsonb_agg(e.value || jsonb_build_object(''after'', w.after))
                 FROM jsonb_array_elements($1) e (value) JOIN written w ON w.id = (e.value ->> ''id'')::bigint',
                item.relation, set_list) INTO completed USING pairs;
        END IF;
        -- The earlier of two editions of a list was known once. Where it is that of the one who stays, the trigger on the grades keeps it.
        IF pairs IS NOT NULL AND item.relation = 'scouting_grades' THEN
            SELECT string_agg(quote_ident(c), ', ') INTO set_list FROM unnest(dynasty._written_columns('scouting_editions'::text, '{id,prospect_id}'::text[])) c
            WHERE c = ANY (dynasty._written_columns('scouting_grades'::text, '{}'::text[]));
            EXECUTE format('INSERT INTO dynasty.scouting_editions (prospect_id, grade_id, %1$s) SELECT $1, (e.value ->> ''id'')::integer, %1$s FROM jsonb_array_elements($2) e (value)
                            CROSS JOIN LATERAL jsonb_populate_record(NULL::dynasty.scouting_grades, e.value -> ''gone'') d
                            WHERE d.date_recorded < (e.value #>> ''{before,date_recorded}'')::date', set_list) USING k_id, pairs;
        END IF;
        EXECUTE format('WITH written AS (UPDATE dynasty.%I t SET prospect_id = $1 WHERE t.prospect_id = $2 RETURNING t.id)
                        SELECT coalesce(jsonb_agg(w.id ORDER BY w.id), ''[]'') FROM written w', item.relation) INTO moved USING k_id, d_id;
        IF moved <> '[]' OR pairs IS NOT NULL THEN
            tables := tables || jsonb_build_object(item.relation, jsonb_build_object('moved', moved, 'completed', coalesce(completed, '[]')));
        END IF;
    END LOOP;

    WITH written AS (
        UPDATE dynasty.prospect_identifiers i SET prospect_id = k_id WHERE i.prospect_id = d_id RETURNING i.source, i.external_id)
    SELECT coalesce(jsonb_agg(jsonb_build_object('source', w.source, 'external_id', w.external_id)), '[]') INTO ids FROM written w;

    -- Tables of the caller's own that point to players.
    FOR item IN
        SELECT c.oid::regclass AS relation, a.attname FROM pg_catalog.pg_constraint f
        JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
        JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
        JOIN pg_catalog.pg_attribute r ON r.attrelid = f.confrelid AND r.attnum = f.confkey[1] AND r.attname = 'id'
        WHERE f.contype = 'f' AND f.confrelid = to_regclass('dynasty.prospects') AND cardinality(f.conkey) = 1 AND f.conparentid = 0
          AND dynasty._trusted(c.relowner)
          AND NOT EXISTS (SELECT FROM unnest(dynasty._relations()) o (name) WHERE to_regclass(format('dynasty.%I', o.name)) = c.oid)
        ORDER BY f.oid
    LOOP
        EXECUTE format('UPDATE %s SET %I = $1 WHERE %2$I = $2', item.relation, item.attname) USING k_id, d_id;
        GET DIAGNOSTICS n = ROW_COUNT;
        IF n > 0 THEN
            others := others || jsonb_build_object(format('%s.%I', item.relation, item.attname), n);
        END IF;
    END LOOP;

    -- Derived rows of his go with him.
    DELETE FROM dynasty.prospects p WHERE p.id = d_id;
    SELECT string_agg(format('%1$I = coalesce(k.%1$I, d.%1$I)', c), ', ') INTO set_list
    FROM unnest(dynasty._written_columns('prospects'::text, '{id,name,position,fg_player_id,created_at,updated_at,data_sources}'::text[])) c;
    EXECUTE format(
        'UPDATE dynasty.prospects k SET %s, updated_at = now(),
             -- IF is what stands where nobody said a position; the number is the newer id.
             position = CASE WHEN k.position = ''IF'' THEN d.position ELSE k.position END,
             fg_player_id = CASE WHEN k.fg_player_id IS NULL OR k.fg_player_id LIKE ''sa%%'' AND d.fg_player_id ~ ''^[0-9]+$'' THEN coalesce(d.fg_player_id, k.fg_player_id)
                                 ELSE k.fg_player_id END,
             data_sources = coalesce(d.data_sources, ''{}'') || coalesce(k.data_sources, ''{}'')
         FROM jsonb_populate_record(NULL::dynasty.prospects, $1) d WHERE k.id = $2', set_list) USING gone, k_id;
    INSERT INTO dynasty.prospect_merges (kept_id, dropped_id, record)
    SELECT k_id, d_id, jsonb_build_object('prospects', jsonb_build_object('kept', kept, 'dropped', gone), 'after', to_jsonb(p), 'tables', tables,
                                          'editions', (SELECT coalesce(jsonb_agg(e.id), '[]') FROM dynasty.scouting_editions e
                                                       WHERE e.prospect_id = k_id AND e.id <> ALL (coalesce(editions, '{}'))),
                                          'identifiers', ids, 'others', others, 'vectors', v.keys, 'labels', l.keys)
    FROM dynasty.prospects p
    CROSS JOIN (SELECT coalesce(jsonb_agg(jsonb_build_object('prospect_id', f -> 'prospect_id', 'as_of_year', f -> 'as_of_year', 'feature_set_version', f -> 'feature_set_version')), '[]') AS keys
                FROM jsonb_array_elements(vectors) f) v
    CROSS JOIN (SELECT coalesce(jsonb_agg(jsonb_build_object('prospect_id', f -> 'prospect_id', 'prospect_year', f -> 'prospect_year', 'evaluation_year', f -> 'evaluation_year',
                                                             'window_complete', f -> 'window_complete')), '[]') AS keys
                FROM jsonb_array_elements(labels) f) l
    WHERE p.id = k_id
    RETURNING id INTO merge_id;
    FOR set_list IN SELECT * FROM dynasty._derived_anew(ARRAY[k_id], vectors, labels) LOOP
        EXECUTE set_list;
    END LOOP;
    RETURN merge_id;
END
$fn$;
COMMENT ON FUNCTION dynasty.merge_prospects(integer, integer) IS
'Makes two rows of dynasty.prospects that are one man into one: everything of drop goes over to keep, and drop is deleted. Returns the number of the merge in dynasty.prospect_merges, by which dynasty.unmerge_prospects() takes it back; NULL for a NULL argument.
Game logs, seasons, advanced lines, grades, predictions and ids are moved. Where both have the same game, season, line or list, keep''s row is completed by what it lacks (of two lists of one source and year the later is taken whole; of two predictions of a day keep''s stays), as is the row of keep in dynasty.prospects: of two FanGraphs ids the number is the current one. Season lines and the history of games follow in the same transaction; vectors and labels that either had stored are computed anew for keep (labels with the config of their window in dynasty.label_windows, else the default one). Tables of the caller''s own with a foreign key to dynasty.prospects follow, too, by one UPDATE each, which is counted but not taken back; of tables of others the foreign key decides.
A load that names drop meanwhile waits, and finds keep or rejects the row. known_at before the merge still shows both.
With the caller''s rights: it takes those to change and delete the rows of players (dynasty_admin). Errors: 22023 keep = drop; P0002 no such prospect; 55000 both have an mlb_id and not the same; 40001 under REPEATABLE READ when rows have come since; 23505 when a unique key of your own stands in the way.';

CREATE FUNCTION dynasty.unmerge_prospects(merge bigint) RETURNS integer
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE SET search_path = pg_catalog, pg_temp AS $fn$
DECLARE
    m record;
    item record;
    columns text;
    patch text := 'SELECT coalesce(jsonb_object_agg(b.key, b.value), ''{}'') FROM jsonb_each($1) b WHERE b.value IS DISTINCT FROM $2 -> b.key AND $3 -> b.key IS NOT DISTINCT FROM $2 -> b.key';
    changes jsonb;
    line record;
    now_is jsonb;
BEGIN
    IF merge IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO m FROM dynasty.prospect_merges x WHERE x.id = merge FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'unmerge_prospects: merge % does not exist', merge USING ERRCODE = 'no_data_found';
    END IF;
    IF m.undone_at IS NOT NULL THEN
        RAISE EXCEPTION 'unmerge_prospects: merge % was taken back already', merge USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    SELECT to_jsonb(p) INTO now_is FROM dynasty.prospects p WHERE p.id = m.kept_id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'unmerge_prospects: prospect %, who was kept, does not exist any more', m.kept_id
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'If he was merged himself, take that back first: dynasty.prospect_merges.';
    END IF;
    IF EXISTS (SELECT FROM dynasty.prospects p WHERE p.id = m.dropped_id) THEN
        RAISE EXCEPTION 'unmerge_prospects: there is a prospect % again', m.dropped_id USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    -- What the merge wrote and nobody has changed since goes back; what was loaded since stays with the one who was kept.
    EXECUTE patch INTO changes USING m.record #> '{prospects,kept}', m.record -> 'after', now_is;
    changes := changes - 'updated_at';
    IF changes <> '{}' THEN
        SELECT string_agg(format('%1$I = b.%1$I', c), ', ') INTO columns FROM jsonb_object_keys(changes) c
        WHERE c = ANY (dynasty._written_columns('prospects'::text, '{id}'::text[]));
        EXECUTE format('UPDATE dynasty.prospects k SET %s, updated_at = now() FROM jsonb_populate_record(NULL::dynasty.prospects, $1) b WHERE k.id = $2', columns)
            USING changes, m.kept_id;
    END IF;
    SELECT string_agg(quote_ident(c), ', ') INTO columns FROM unnest(dynasty._written_columns('prospects'::text, '{}'::text[])) c;
    EXECUTE format('INSERT INTO dynasty.prospects (%1$s) SELECT %1$s FROM jsonb_populate_record(NULL::dynasty.prospects, $1)', columns)
        USING m.record #> '{prospects,dropped}';
    UPDATE dynasty.prospect_identifiers i SET prospect_id = m.dropped_id
    FROM jsonb_to_recordset(m.record -> 'identifiers') r (source text, external_id text)
    WHERE (i.source, i.external_id) = (r.source, r.external_id) AND i.prospect_id = m.kept_id;

    FOR item IN
        SELECT t.key AS relation, t.value -> 'moved' AS moved, t.value -> 'completed' AS completed FROM jsonb_each(m.record -> 'tables') t
        JOIN dynasty._player_tables() p ON p.relation = t.key ORDER BY t.key
    LOOP
        FOR line IN SELECT c.value -> 'id' AS id, c.value -> 'before' AS before, c.value -> 'after' AS after FROM jsonb_array_elements(item.completed) c (value) LOOP
            EXECUTE format('SELECT to_jsonb(t) FROM dynasty.%I t WHERE t.id = $1 AND t.prospect_id = $2', item.relation)
                INTO now_is USING (line.id)::bigint, m.kept_id;
            CONTINUE WHEN now_is IS NULL;
            EXECUTE patch INTO changes USING line.before, line.after, now_is;
            SELECT string_agg(format('%1$I = b.%1$I', c), ', ') INTO columns FROM jsonb_object_keys(changes) c
            WHERE c = ANY (dynasty._written_columns(item.relation, '{id,prospect_id}'::text[]));
            CONTINUE WHEN columns IS NULL;
            EXECUTE format('UPDATE dynasty.%1$I t SET %2$s FROM jsonb_populate_record(NULL::dynasty.%1$I, $1) b WHERE t.id = $2', item.relation, columns)
                USING changes, (line.id)::bigint;
        END LOOP;
        EXECUTE format('UPDATE dynasty.%I t SET prospect_id = $1 WHERE t.prospect_id = $2 AND t.id IN (SELECT v.value::bigint FROM jsonb_array_elements_text($3) v (value))', item.relation)
            USING m.dropped_id, m.kept_id, item.moved;
        SELECT string_agg(quote_ident(c), ', ') INTO columns FROM unnest(dynasty._written_columns(item.relation, '{}'::text[])) c;
        EXECUTE format('INSERT INTO dynasty.%1$I (%2$s) SELECT %2$s FROM jsonb_array_elements($1) e (value)
                        CROSS JOIN LATERAL jsonb_populate_record(NULL::dynasty.%1$I, e.value -> ''gone'')', item.relation, columns) USING item.completed;
    END LOOP;
    -- Editions that the merge made are rows of lists again.
    DELETE FROM dynasty.scouting_editions e WHERE e.prospect_id = m.kept_id
        AND e.id IN (SELECT v.value::bigint FROM jsonb_array_elements_text(m.record -> 'editions') v (value));
    UPDATE dynasty.prospect_merges x SET undone_at = now(), undone_by = current_user WHERE x.id = merge;
    -- Of each what he had.
    FOR columns IN
        SELECT a.call FROM unnest(ARRAY[m.kept_id, m.dropped_id]) p (id)
        CROSS JOIN LATERAL dynasty._derived_anew(ARRAY[p.id],
            (SELECT coalesce(jsonb_agg(v), '[]') FROM jsonb_array_elements(m.record -> 'vectors') v WHERE p.id = m.kept_id OR v ->> 'prospect_id' = p.id::text),
            (SELECT coalesce(jsonb_agg(l), '[]') FROM jsonb_array_elements(m.record -> 'labels') l WHERE p.id = m.kept_id OR l ->> 'prospect_id' = p.id::text)) a (call)
    LOOP
        EXECUTE columns;
    END LOOP;
    RETURN m.dropped_id;
END
$fn$;
COMMENT ON FUNCTION dynasty.unmerge_prospects(bigint) IS
'Takes back a merge of dynasty.merge_prospects(), by its number in dynasty.prospect_merges: the prospect that was dropped is there again under his id with his rows, ids and values as they are by now. What was loaded since the merge stays with the one who was kept. Vectors and labels that either had are computed anew. Returns the id of the prospect that is back; NULL for NULL. Rows of tables of your own are not taken back.
With the caller''s rights, as merge_prospects(). Errors: P0002 no such merge; 55000 taken back already, or the one who was kept is gone, or the id of the other is taken again.';

-- What the two call with the rights of who merges.
GRANT EXECUTE ON FUNCTION dynasty._player_tables(), dynasty._written_columns(text, text[]), dynasty._derived_anew(integer[], jsonb, jsonb),
    dynasty._trusted(oid) TO PUBLIC;
