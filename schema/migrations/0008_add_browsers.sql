-- What browsers need: sessions that end when nobody is there, events in an order that readers can follow, preferences.

-- `idle_timeout` is null for sessions of tokens. `seen_at` lags behind the last activity by at most a twentieth of it.
alter table sessions
  add column seen_at timestamptz not null default now(),
  add column idle_timeout interval check (idle_timeout > interval '0');

-- Readers follow (xact, id) up to the oldest transaction that is still open: no event ever appears behind them.
alter table events
  drop constraint events_pkey,
  add column xact xid8 not null default pg_current_xact_id(),
  add primary key (xact, id);

create table preferences (
  account bigint not null references users on delete cascade,
  updated_at timestamptz not null default now(),
  version bigint not null default 1 check (version > 0),
  name text collate "C" not null check (name ~ '^[a-z0-9-]{1,64}$'),
  value json not null,
  primary key (account, name)
);
