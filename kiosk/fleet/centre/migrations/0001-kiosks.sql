-- Who belongs to the centre, and what a kiosk may do: nothing, until a function is granted to it.

CREATE TABLE centre (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    epoch uuid NOT NULL DEFAULT gen_random_uuid()  -- another one after each restore
);
INSERT INTO centre DEFAULT VALUES;

CREATE TABLE kiosk (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
    key bytea CHECK (length(key) = 32),            -- the public half; none before it has joined
    code bytea CHECK (length(code) = 32),          -- of the secret in its code, until that is used
    code_until timestamptz,
    made timestamptz NOT NULL DEFAULT now(),
    joined timestamptz,
    revoked timestamptz
);

-- The role that stands for every kiosk. It belongs to all databases of a server, so it may be
-- there already; what it may do is said for this database alone.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'kiosk_sender') THEN
        CREATE ROLE kiosk_sender NOLOGIN;
    END IF;
    IF NOT pg_has_role(current_user, 'kiosk_sender', 'MEMBER') THEN
        GRANT kiosk_sender TO CURRENT_USER;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN NULL;  -- another database did it this moment
END $$;
GRANT USAGE ON SCHEMA centre TO kiosk_sender;
