-- The system's own: its nodes, other application entities, quarantine, jobs.

-- A node lives while it renews its lease; the database's clock decides. `incarnation` tells two processes apart
-- that claim one name.
create table nodes (
  name text collate "C" primary key check (name ~ '^[A-Za-z0-9._-]{1,64}$'),
  incarnation text collate "C" not null check (length(incarnation) between 1 and 64),
  roles text[] collate "C" not null,
  host text not null check (length(host) <= 255),
  port integer not null check (port between 0 and 65535),
  version text not null check (length(version) <= 64),
  draining boolean not null default false,
  started_at timestamptz not null default now(),
  renewed_at timestamptz not null default now(),
  left_at timestamptz
) with (fillfactor = 50);

create table ae_titles (
  id bigint generated always as identity primary key,
  facility bigint not null references facilities,
  created_at timestamptz not null default now(),
  port integer not null check (port between 0 and 65535),
  title text collate "C" not null unique check (title ~ '^[ -~]{1,16}$' and title = trim(title) and title !~ '\\'),
  host text not null check (length(host) <= 255)
);
create index ae_titles_by_facility on ae_titles (facility);

-- Objects that could not be indexed. `path` is '' where the quota left no room for the bytes.
create table quarantine (
  id bigint generated always as identity primary key,
  received_at timestamptz not null,
  facility bigint references facilities,
  file_offset bigint not null default 0,
  length bigint not null default 0 check (length >= 0),
  checksum bytea check (octet_length(checksum) = 16),
  node text collate "C" not null default '' check (length(node) <= 64),
  path text collate "C" not null default '' check (length(path) <= 1024),
  reason text collate "C" not null check (length(reason) between 1 and 64),
  detail text compression lz4 not null check (length(detail) <= 2048),
  sop_instance_uid text collate "C" not null check (length(sop_instance_uid) <= 256),
  sop_class_uid text collate "C" not null check (length(sop_class_uid) <= 256),
  study_instance_uid text collate "C" not null check (length(study_instance_uid) <= 256),
  transfer_syntax_uid text collate "C" not null check (length(transfer_syntax_uid) <= 256),
  calling_aet text not null check (length(calling_aet) <= 64),
  called_aet text not null check (length(called_aet) <= 64),
  address text not null check (length(address) <= 64)
);
create index quarantine_by_facility on quarantine (facility, id);
create index quarantine_by_file on quarantine (node, path) where path <> '';

-- Work to be done; Redis hands it out, this table remembers it.
create table jobs (
  id bigint generated always as identity primary key,
  facility bigint references facilities,
  created_at timestamptz not null default now(),
  run_after timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  priority study_priority not null default 'routine',
  attempts integer not null default 0 check (attempts >= 0),
  max_attempts integer not null default 5 check (max_attempts >= 1),
  progress real not null default 0 check (progress between 0 and 1),
  queue text collate "C" not null check (queue ~ '^[a-z0-9_.-]{1,64}$'),
  state text collate "C" not null default 'pending' check (state in (
    'pending', 'running', 'done', 'failed', 'cancelled')),
  unique_key text collate "C" unique check (length(unique_key) <= 256),
  worker text collate "C" not null default '' check (length(worker) <= 128),
  payload jsonb compression lz4 not null default '{}',
  result jsonb compression lz4,
  error text compression lz4 not null default '' check (length(error) <= 4096)
) with (fillfactor = 80);
create index jobs_to_run on jobs (queue, priority desc, run_after, id) where state = 'pending';
create index jobs_running on jobs (queue, started_at) where state = 'running';
create index jobs_failed on jobs (queue, id) where state = 'failed';
create index jobs_by_facility on jobs (facility) where facility is not null;
