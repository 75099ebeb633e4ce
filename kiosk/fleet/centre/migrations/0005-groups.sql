-- Groups of kiosks: some take a release before the others do.

ALTER TABLE kiosk
    ADD grp text NOT NULL DEFAULT 'everyone' CHECK (grp ~ '^[a-z][a-z0-9-]{0,39}$');

-- Return which release the newest list names for each group, and since when it does.
CREATE FUNCTION named() RETURNS TABLE (grp text, number int, at timestamptz)
LANGUAGE sql STABLE SET search_path = centre, pg_temp AS $$
    SELECT target.key, (target.value -> 'custom' ->> 'number')::int, list.at FROM (
        SELECT convert_from(body, 'UTF8')::jsonb -> 'signed' -> 'targets' AS targets, release_file.at
        FROM release_file WHERE name LIKE '%.targets.json'
        ORDER BY split_part(name, '.', 1)::int DESC LIMIT 1
    ) AS list, jsonb_each(list.targets) AS target
$$;

-- Note how a kiosk is. Returns {"epoch": uuid, "group": its group}.
CREATE OR REPLACE FUNCTION beat(
    p_kiosk uuid, p_run text, p_clock_seconds double precision, p_beat jsonb
) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = centre, pg_temp AS $$
DECLARE
    mine text;
BEGIN
    UPDATE kiosk SET
        beat = p_beat,
        beat_at = now(),
        heard = now(),
        clock_seconds = p_clock_seconds,
        twin = CASE WHEN p_run <> run AND p_run = ANY (runs) THEN now() ELSE twin END,
        runs = CASE WHEN p_run = run THEN runs
                    ELSE last_of(array_remove(runs, p_run) || run) END,
        run = p_run
        WHERE id = p_kiosk AND key IS NOT NULL AND revoked IS NULL
        RETURNING grp INTO mine;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such kiosk' USING ERRCODE = 'KC001'; END IF;
    RETURN (SELECT jsonb_build_object('epoch', epoch, 'group', mine) FROM centre);
END $$;

REVOKE ALL ON FUNCTION named FROM PUBLIC;
