-- Releases of pages: the files of TUF and blobs, by their names. Kiosks may read them.

CREATE TABLE release_file (
    name text PRIMARY KEY,
    body bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE release_file ALTER body SET STORAGE EXTERNAL;

-- Return a file for a kiosk; NULL when there is none.
CREATE FUNCTION read_release(p_kiosk uuid, p_name text) RETURNS bytea
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = centre, pg_temp AS $$
BEGIN
    PERFORM FROM kiosk WHERE id = p_kiosk AND key IS NOT NULL AND revoked IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'no such kiosk' USING ERRCODE = 'KC001'; END IF;
    RETURN (SELECT body FROM release_file WHERE name = p_name);
END $$;

REVOKE ALL ON FUNCTION read_release FROM PUBLIC;
GRANT EXECUTE ON FUNCTION read_release TO kiosk_sender;
