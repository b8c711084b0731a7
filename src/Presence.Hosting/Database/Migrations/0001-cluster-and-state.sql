-- What Orleans' ADO.NET providers ask of a database: they read the text of their statements from OrleansQuery, by key,
-- and know the names of parameters and of result columns; tables are the database's own affair.

CREATE TABLE OrleansQuery (
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);

-- One row per cluster: the version that each change of its membership must name, and raises.
CREATE TABLE presence_cluster (
    id text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE presence_silo (
    cluster_id text NOT NULL REFERENCES presence_cluster (id),
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer,
    suspects text,
    started timestamptz NOT NULL,
    alive timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

-- State of grains. A cleared state keeps its row without a payload, so that a writer who knows an old version still fails.
CREATE TABLE presence_state (
    service_id text NOT NULL,
    state_name text NOT NULL,
    key_text text NOT NULL,
    key_n0 bigint NOT NULL,
    key_n1 bigint NOT NULL,
    version integer NOT NULL,
    payload bytea,
    changed timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (service_id, state_name, key_text, key_n0, key_n1)
);

CREATE INDEX presence_state_cleared ON presence_state (changed) WHERE payload IS NULL;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', '
    WITH added AS (
        INSERT INTO presence_cluster (id) VALUES (@DeploymentId) ON CONFLICT (id) DO NOTHING RETURNING 1)
    SELECT count(*)::integer FROM added
'),
('InsertMembershipKey', '
    WITH raised AS (
        UPDATE presence_cluster SET version = version + 1, changed = now()
        WHERE id = @DeploymentId AND version = @Version AND NOT EXISTS (
            SELECT 1 FROM presence_silo
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING id),
    added AS (
        INSERT INTO presence_silo (
            cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, started, alive)
        SELECT id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM raised
        RETURNING 1)
    SELECT count(*)::integer FROM added
'),
('UpdateMembershipKey', '
    WITH raised AS (
        UPDATE presence_cluster SET version = version + 1, changed = now()
        WHERE id = @DeploymentId AND version = @Version AND EXISTS (
            SELECT 1 FROM presence_silo
            WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
        RETURNING id),
    changed AS (
        UPDATE presence_silo AS silo SET status = @Status, suspects = @SuspectTimes, alive = @IAmAliveTime
        FROM raised
        WHERE silo.cluster_id = raised.id AND address = @Address AND port = @Port AND generation = @Generation
        RETURNING 1)
    SELECT count(*)::integer FROM changed
'),
('UpdateIAmAlivetimeKey', '
    UPDATE presence_silo SET alive = @IAmAliveTime
    WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
'),
('MembershipReadRowKey', '
    SELECT
        cluster.id AS DeploymentId, silo.address AS Address, silo.port AS Port, silo.generation AS Generation,
        silo.silo_name AS SiloName, silo.host_name AS HostName, silo.status AS Status, silo.proxy_port AS ProxyPort,
        silo.suspects AS SuspectTimes, silo.started AS StartTime, silo.alive AS IAmAliveTime, cluster.version AS Version
    FROM presence_cluster AS cluster LEFT JOIN presence_silo AS silo
        ON silo.cluster_id = cluster.id AND silo.address = @Address AND silo.port = @Port
        AND silo.generation = @Generation
    WHERE cluster.id = @DeploymentId
'),
('MembershipReadAllKey', '
    SELECT
        cluster.id AS DeploymentId, silo.address AS Address, silo.port AS Port, silo.generation AS Generation,
        silo.silo_name AS SiloName, silo.host_name AS HostName, silo.status AS Status, silo.proxy_port AS ProxyPort,
        silo.suspects AS SuspectTimes, silo.started AS StartTime, silo.alive AS IAmAliveTime, cluster.version AS Version
    FROM presence_cluster AS cluster LEFT JOIN presence_silo AS silo ON silo.cluster_id = cluster.id
    WHERE cluster.id = @DeploymentId
'),
('DeleteMembershipTableEntriesKey', '
    DELETE FROM presence_silo WHERE cluster_id = @DeploymentId;
    DELETE FROM presence_cluster WHERE id = @DeploymentId;
'),
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM presence_silo WHERE cluster_id = @DeploymentId AND alive < @IAmAliveTime AND status <> 3
'),
('GatewaysQueryKey', '
    SELECT address AS Address, proxy_port AS ProxyPort, generation AS Generation
    FROM presence_silo WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
'),
('ReadFromStorageKey', '
    SELECT payload AS PayloadBinary, version AS Version FROM presence_state
    WHERE service_id = @ServiceId AND state_name = @GrainTypeString
        AND key_text = coalesce(@GrainIdExtensionString::text, '''') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
        AND payload IS NOT NULL
'),
-- Gives the version that now stands, or the one that the writer knew if somebody else has written since.
('WriteToStorageKey', '
    WITH changed AS (
        UPDATE presence_state SET payload = @PayloadBinary, version = version + 1, changed = now()
        WHERE service_id = @ServiceId AND state_name = @GrainTypeString
            AND key_text = coalesce(@GrainIdExtensionString::text, '''') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
            AND (version = @GrainStateVersion::integer OR @GrainStateVersion::integer IS NULL AND payload IS NULL)
        RETURNING version),
    added AS (
        INSERT INTO presence_state (service_id, state_name, key_text, key_n0, key_n1, version, payload)
        SELECT @ServiceId, @GrainTypeString, coalesce(@GrainIdExtensionString::text, ''''), @GrainIdN0, @GrainIdN1, 1,
            @PayloadBinary
        WHERE @GrainStateVersion::integer IS NULL AND NOT EXISTS (SELECT 1 FROM changed)
        ON CONFLICT DO NOTHING
        RETURNING version)
    SELECT coalesce(
        (SELECT version FROM changed), (SELECT version FROM added), @GrainStateVersion::integer) AS NewGrainStateVersion
'),
('ClearStorageKey', '
    WITH cleared AS (
        UPDATE presence_state SET payload = NULL, version = version + 1, changed = now()
        WHERE service_id = @ServiceId AND state_name = @GrainTypeString
            AND key_text = coalesce(@GrainIdExtensionString::text, '''') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
            AND version = @GrainStateVersion::integer
        RETURNING version)
    SELECT coalesce((SELECT version FROM cleared), @GrainStateVersion::integer) AS NewGrainStateVersion
');
