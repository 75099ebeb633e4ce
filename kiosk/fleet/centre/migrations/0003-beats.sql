-- How each kiosk is: what its last beat said, and whether two computers have its key.

ALTER TABLE kiosk
    ADD heard timestamptz,                      -- anything that was signed with its key
    ADD beat jsonb,                             -- what its last beat said
    ADD beat_at timestamptz,
    ADD clock_seconds double precision,         -- how far its clock is ahead of the centre's
    ADD run text,                               -- made anew at each of its starts
    ADD runs text[] NOT NULL DEFAULT '{}',      -- those before: none comes back, unless from a twin
    ADD twin timestamptz;                       -- when one came back

ALTER TABLE centre
    ADD restored timestamptz,
    ADD backup_made timestamptz;

CREATE FUNCTION last_of(p_all text[]) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT (array_remove(p_all, NULL))[greatest(1, cardinality(array_remove(p_all, NULL)) - 49):]
$$;

-- Note how a kiosk is. Returns {"epoch": uuid}.
CREATE FUNCTION beat(p_kiosk uuid, p_run text, p_clock_seconds double precision, p_beat jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = centre, pg_temp AS $$
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
        WHERE id = p_kiosk AND key IS NOT NULL AND revoked IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such kiosk' USING ERRCODE = 'KC001'; END IF;
    RETURN (SELECT jsonb_build_object('epoch', epoch) FROM centre);
END $$;

REVOKE ALL ON FUNCTION beat, last_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION beat TO kiosk_sender;
