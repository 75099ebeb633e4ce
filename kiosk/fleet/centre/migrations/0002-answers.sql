-- Answers of all kiosks. The key is the answer's id, the body is the kiosk's file, byte for byte.

CREATE TABLE answer (
    id text PRIMARY KEY CHECK (id ~ '^[0-7][0-9A-HJKMNP-TV-Z]{25}$'),
    kind text NOT NULL CHECK (kind IN ('answer', 'aside')),
    kiosk uuid NOT NULL REFERENCES kiosk,
    body bytea NOT NULL,
    received timestamptz NOT NULL,                  -- by the kiosk
    arrived timestamptz NOT NULL DEFAULT now()      -- here
);
CREATE INDEX answer_received ON answer (received, id);
CREATE INDEX answer_kiosk ON answer (kiosk);

CREATE TABLE voice (
    answer text NOT NULL REFERENCES answer ON DELETE CASCADE,
    name text NOT NULL,
    sha256 bytea NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (answer, name)
);
ALTER TABLE voice ALTER body SET STORAGE EXTERNAL;  -- sound does not get smaller

-- A copy that came later and holds something else: the first stays, and this is kept aside.
CREATE TABLE changed (
    answer text NOT NULL,
    sha256 bytea NOT NULL,                          -- of its body and its voices' sums
    kiosk uuid NOT NULL REFERENCES kiosk,
    body bytea NOT NULL,
    arrived timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (answer, sha256)
);
CREATE TABLE changed_voice (
    answer text NOT NULL,
    copy bytea NOT NULL,
    name text NOT NULL,
    sha256 bytea NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (answer, copy, name),
    FOREIGN KEY (answer, copy) REFERENCES changed ON DELETE CASCADE
);
ALTER TABLE changed_voice ALTER body SET STORAGE EXTERNAL;

-- What must not come back: deleted for its person, too old, or known by another id now.
CREATE TABLE gone (
    id text PRIMARY KEY,
    why text NOT NULL CHECK (why IN ('deleted', 'age', 'moved')),
    day date NOT NULL DEFAULT current_date,
    number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,  -- a kiosk asks for what came after one
    moved_to text
);

-- Take answers away for ever. Whoever calls it holds the lock of `ingest` alone.
CREATE FUNCTION delete_answers(p_ids text[]) RETURNS void
LANGUAGE sql SET search_path = centre, pg_temp AS $$
    INSERT INTO gone (id, why)
        SELECT DISTINCT one, 'deleted' FROM (
            SELECT unnest(p_ids) AS one
            UNION SELECT moved_to FROM gone WHERE id = ANY (p_ids) AND moved_to IS NOT NULL
            UNION SELECT id FROM gone WHERE moved_to = ANY (p_ids)
        ) AS all_ids
        ON CONFLICT (id) DO UPDATE SET why = 'deleted', number = DEFAULT, day = current_date
            WHERE gone.why <> 'deleted';
    DELETE FROM answer WHERE id IN (SELECT id FROM gone WHERE why = 'deleted')
        AND id IN (SELECT unnest(p_ids) UNION
                   SELECT moved_to FROM gone WHERE id = ANY (p_ids) AND moved_to IS NOT NULL);
    DELETE FROM changed WHERE answer IN (SELECT unnest(p_ids) UNION
                   SELECT moved_to FROM gone WHERE id = ANY (p_ids) AND moved_to IS NOT NULL);
$$;

-- Keep one answer that is not simply new; return its state. The arrays are those of its voices.
CREATE FUNCTION keep_one(
    p_kiosk uuid, p_id text, p_kind text, p_was text, p_body bytea, p_received timestamptz,
    p_sum bytea, v_names text[], v_sums bytea[], v_bodies bytea[]
) RETURNS text LANGUAGE plpgsql SET search_path = centre, pg_temp AS $$
DECLARE
    mine gone%ROWTYPE;
    before gone%ROWTYPE;
    there answer%ROWTYPE;
    is_there boolean;
    is_other boolean;
BEGIN
    SELECT * INTO mine FROM gone WHERE id = p_id;
    SELECT * INTO before FROM gone WHERE id = p_was;
    IF mine.why = 'deleted' THEN RETURN 'deleted'; END IF;
    IF before.why = 'deleted' THEN
        PERFORM delete_answers(ARRAY[p_id]);
        RETURN 'deleted';
    END IF;
    IF mine.why = 'age' OR before.why = 'age' THEN RETURN 'old'; END IF;
    IF mine.why = 'moved' THEN RETURN 'moved'; END IF;

    SELECT * INTO there FROM answer WHERE id = p_id FOR UPDATE;
    is_there := FOUND;
    IF is_there AND there.kind = 'answer' AND p_kind = 'aside' THEN RETURN 'here'; END IF;

    -- A voice that is not here must come with its answer.
    IF EXISTS (
        SELECT FROM unnest(v_names, v_sums, v_bodies) AS v (name, sum, body)
        WHERE v.body IS NULL
          AND NOT EXISTS (SELECT FROM voice
                          WHERE answer = p_id AND voice.name = v.name AND sha256 = v.sum)
          AND NOT EXISTS (SELECT FROM changed_voice AS c
                          WHERE c.answer = p_id AND c.name = v.name AND c.sha256 = v.sum)
    ) THEN RETURN 'voice'; END IF;

    is_other := (is_there AND there.kind = p_kind AND there.body <> p_body)
        OR (before.why = 'moved' AND before.moved_to <> p_id)
        OR EXISTS (
            SELECT FROM unnest(v_names, v_sums) AS v (name, sum)
            JOIN voice ON voice.answer = p_id AND voice.name = v.name AND voice.sha256 <> v.sum);
    IF is_other THEN
        INSERT INTO changed (answer, sha256, kiosk, body) VALUES (p_id, p_sum, p_kiosk, p_body)
            ON CONFLICT DO NOTHING;
        INSERT INTO changed_voice (answer, copy, name, sha256, body)
            SELECT p_id, p_sum, v.name, v.sum, v.body
            FROM unnest(v_names, v_sums, v_bodies) AS v (name, sum, body)
            WHERE v.body IS NOT NULL
            ON CONFLICT DO NOTHING;
        RETURN 'changed';
    END IF;

    IF NOT is_there THEN
        IF p_was IS NOT NULL THEN  -- it was set aside here too, and has been taken in
            DELETE FROM answer WHERE id = p_was AND kind = 'aside';
            INSERT INTO gone (id, why, moved_to) VALUES (p_was, 'moved', p_id)
                ON CONFLICT DO NOTHING;
        END IF;
        INSERT INTO answer (id, kind, kiosk, body, received)
            VALUES (p_id, p_kind, p_kiosk, p_body, p_received);
    ELSIF there.kind = 'aside' AND p_kind = 'answer' THEN
        UPDATE answer SET kind = p_kind, body = p_body, received = p_received WHERE id = p_id;
    END IF;
    INSERT INTO voice (answer, name, sha256, body)
        SELECT p_id, v.name, v.sum, v.body
        FROM unnest(v_names, v_sums, v_bodies) AS v (name, sum, body)
        WHERE v.body IS NOT NULL
        ON CONFLICT DO NOTHING;
    RETURN CASE WHEN is_there AND there.kind = p_kind THEN 'here' ELSE 'kept' END;
END $$;

-- Take in what a kiosk sends: all of it in one step, or nothing. The same may come again and again.
--
-- The arrays of one letter go together: an answer each; and a voice each, `v_of` naming its answer
-- by number from 1. p_deleted: what was deleted at the kiosk. p_since: see `gone`. Returns
-- {"states": {id: kept | here | changed | deleted | old | moved | voice}, "refused": [id],
-- "deleted": [id], "number": n, "epoch": uuid}.
CREATE FUNCTION ingest(
    p_kiosk uuid, p_epoch text, p_since bigint, p_deleted text[],
    a_ids text[], a_kinds text[], a_was text[], a_bodies bytea[], a_received timestamptz[],
    a_sums bytea[],
    v_of int[], v_names text[], v_sums bytea[], v_bodies bytea[]
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = centre, pg_temp AS $$
DECLARE
    own_epoch uuid;
    others text[];
    new_ids text[];
    states jsonb;
    told jsonb;
    i int;
    state text;
BEGIN
    PERFORM FROM kiosk WHERE id = p_kiosk AND key IS NOT NULL AND revoked IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such kiosk' USING ERRCODE = 'KC001'; END IF;
    IF cardinality(p_deleted) > 0 THEN
        PERFORM pg_advisory_xact_lock(7041002);
    ELSE
        PERFORM pg_advisory_xact_lock_shared(7041002);
    END IF;
    SELECT epoch INTO own_epoch FROM centre;

    -- A kiosk may delete what came from it, or from one that is shut out: not what others hold.
    SELECT coalesce(array_agg(a.id), '{}') INTO others
        FROM answer AS a JOIN kiosk AS k ON k.id = a.kiosk
        WHERE a.id = ANY (p_deleted) AND a.kiosk <> p_kiosk AND k.revoked IS NULL;
    IF cardinality(p_deleted) > 0 THEN
        PERFORM delete_answers(ARRAY(SELECT unnest(p_deleted) EXCEPT SELECT unnest(others)));
    END IF;

    WITH given AS (
        SELECT * FROM unnest(a_ids, a_kinds, a_was, a_bodies, a_received)
            WITH ORDINALITY AS e (id, kind, was, body, received, at)
    ), made AS (
        INSERT INTO answer (id, kind, kiosk, body, received)
            SELECT id, kind, p_kiosk, body, received FROM given
            WHERE was IS NULL
              AND NOT EXISTS (SELECT FROM gone WHERE gone.id = given.id)
              AND NOT EXISTS (SELECT FROM unnest(v_of, v_bodies) AS v (of_answer, body)
                              WHERE v.of_answer = given.at AND v.body IS NULL)
            ORDER BY id
            ON CONFLICT DO NOTHING
            RETURNING id
    )
    SELECT coalesce(array_agg(id), '{}') INTO new_ids FROM made;
    INSERT INTO voice (answer, name, sha256, body)
        SELECT a_ids[v.of_answer], v.name, v.sum, v.body
        FROM unnest(v_of, v_names, v_sums, v_bodies) AS v (of_answer, name, sum, body)
        WHERE a_ids[v.of_answer] = ANY (new_ids);
    SELECT coalesce(jsonb_object_agg(one, 'kept'), '{}') INTO states FROM unnest(new_ids) AS one;

    -- Most that is no news came once more as it was.
    SELECT states || coalesce(jsonb_object_agg(e.id, 'here'), '{}') INTO states
        FROM unnest(a_ids, a_kinds, a_bodies) WITH ORDINALITY AS e (id, kind, body, at)
        JOIN answer ON answer.id = e.id AND answer.kind = e.kind AND answer.body = e.body
        WHERE e.id <> ALL (new_ids)
          AND NOT EXISTS (
            SELECT FROM unnest(v_of, v_names, v_sums) AS v (of_answer, name, sum)
            WHERE v.of_answer = e.at AND NOT EXISTS (
                SELECT FROM voice WHERE voice.answer = e.id AND voice.name = v.name
                    AND voice.sha256 = v.sum));

    FOR i IN SELECT at FROM unnest(a_ids) WITH ORDINALITY AS e (id, at)
             WHERE NOT states ? e.id ORDER BY e.id LOOP
        SELECT keep_one(
            p_kiosk, a_ids[i], a_kinds[i], a_was[i], a_bodies[i], a_received[i], a_sums[i],
            coalesce(array_agg(v.name), '{}'), coalesce(array_agg(v.sum), '{}'),
            coalesce(array_agg(v.body), '{}')
        ) INTO state
            FROM unnest(v_of, v_names, v_sums, v_bodies) AS v (of_answer, name, sum, body)
            WHERE v.of_answer = i;
        states := states || jsonb_build_object(a_ids[i], state);
    END LOOP;

    SELECT jsonb_build_object('deleted', coalesce(jsonb_agg(id ORDER BY number), '[]'),
                              'number', coalesce(max(number), p_since))
        INTO told FROM (
            SELECT id, number FROM gone
            WHERE why = 'deleted'
              AND number > CASE WHEN own_epoch::text = p_epoch THEN p_since ELSE 0 END
            ORDER BY number LIMIT 500
        ) AS next;
    RETURN told || jsonb_build_object('states', states, 'refused', others, 'epoch', own_epoch);
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA centre FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ingest TO kiosk_sender;
