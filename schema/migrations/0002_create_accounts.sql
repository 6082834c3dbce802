-- People, their sessions, and what they did.

create table users (
  id bigint generated always as identity primary key,
  created_at timestamptz not null default now(),
  password_changed_at timestamptz not null default now(),
  active boolean not null default true,
  username text collate "C" not null unique check (username ~ '^[a-z0-9._@+-]{1,150}$'),
  full_name text not null check (length(full_name) <= 256),
  role text collate "C" not null check (role in (
    'admin', 'radiologist', 'technician', 'referring_physician', 'facility_manager', 'facility_user', 'viewer',
    'service')),
  password_hash text not null check (length(password_hash) between 1 and 512)
);

-- The order is that of `position`: the first facility is where what the user uploads goes.
create table user_facilities (
  account bigint not null references users on delete cascade,
  facility bigint not null references facilities,
  position integer not null,
  primary key (account, facility)
);
create index user_facilities_by_facility on user_facilities (facility);

-- One login and the chain of refresh secrets that followed it. A secret that comes after it was spent has been
-- copied.
create table sessions (
  id text collate "C" primary key check (id ~ '^[0-9a-f]{32}$'),
  account bigint not null references users on delete cascade,
  created_at timestamptz not null default now(),
  refreshed_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text collate "C" check (end_reason in ('logout', 'reuse', 'disabled')),
  secret_hash bytea not null check (octet_length(secret_hash) between 16 and 64),
  spent_hashes bytea[] not null default '{}',
  address text not null default '' check (length(address) <= 64)
) with (fillfactor = 80);
create index sessions_by_account on sessions (account);
create index sessions_by_expiry on sessions (expires_at);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  account bigint,
  facility bigint,
  study bigint,
  who text not null check (length(who) <= 256),
  action text collate "C" not null check (length(action) between 1 and 64),
  outcome text collate "C" not null check (length(outcome) between 1 and 64),
  object text collate "C" not null default '' check (length(object) <= 256),
  address text not null default '' check (length(address) <= 64),
  request_id text collate "C" not null default '' check (length(request_id) <= 128),
  detail jsonb compression lz4 not null default '{}'
);
create index audit_by_time on audit using brin (at);
create index audit_by_account on audit (account, id) where account is not null;
create index audit_by_study on audit (study, id) where study is not null;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the table % is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_is_append_only before update or delete on audit
  for each row execute function refuse_change();
create trigger audit_is_not_emptied before truncate on audit
  for each statement execute function refuse_change();
