-- What is to be done at the modalities, what they say they did, and the leases of background work.

-- Scheduled procedure steps. `attributes` is DICOM JSON (PS3.18 F.2) as of a Modality Worklist item (PS3.4 K.6.1.2);
-- the columns that queries narrow by are taken from it.
create table workitems (
  id bigint generated always as identity primary key,
  facility bigint not null references facilities,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  uid text collate "C" not null unique check (length(uid) between 1 and 64),
  state text collate "C" not null default 'SCHEDULED' check (state in (
    'SCHEDULED', 'IN PROGRESS', 'COMPLETED', 'CANCELED')),
  transaction_uid text collate "C" not null default '' check (length(transaction_uid) <= 64),
  reason text not null default '' check (length(reason) <= 1024),
  attributes jsonb compression lz4 not null check (jsonb_typeof(attributes) = 'object'),
  study_uid text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{0020000D,Value,0}', ''), 64)) stored,
  accession_number text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{00080050,Value,0}', ''), 256)) stored,
  patient_id text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{00100020,Value,0}', ''), 256)) stored,
  name_folded text collate "C" not null
    generated always as (left(fold(coalesce(attributes #>> '{00100010,Value,0,Alphabetic}', '')), 256)) stored,
  procedure_id text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{00401001,Value,0}', ''), 256)) stored,
  step_id text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{00400100,Value,0,00400009,Value,0}', ''), 256)) stored,
  station_aet text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{00400100,Value,0,00400001,Value,0}', ''), 64)) stored,
  modality text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{00400100,Value,0,00080060,Value,0}', ''), 64)) stored,
  start_date text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{00400100,Value,0,00400002,Value,0}', ''), 8)) stored,
  start_time text collate "C" not null
    generated always as (left(coalesce(attributes #>> '{00400100,Value,0,00400003,Value,0}', ''), 16)) stored
) with (fillfactor = 80);
create index workitems_by_start on workitems (start_date, start_time, id);
create index workitems_by_station on workitems (station_aet, start_date, start_time, id);
create index workitems_by_patient on workitems (patient_id) where patient_id <> '';
create index workitems_by_name on workitems (name_folded, id);
create index workitems_by_accession_number on workitems (accession_number) where accession_number <> '';
create index workitems_by_procedure on workitems (procedure_id) where procedure_id <> '';
create index workitems_by_step on workitems (step_id) where step_id <> '';
create index workitems_by_study on workitems (study_uid) where study_uid <> '';
create index workitems_open on workitems (facility, id) where state in ('SCHEDULED', 'IN PROGRESS');

-- Modality performed procedure steps (PS3.4 F.7).
create table performed_steps (
  id bigint generated always as identity primary key,
  facility bigint not null references facilities,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  uid text collate "C" not null unique check (length(uid) between 1 and 64),
  state text collate "C" not null check (state in ('IN PROGRESS', 'COMPLETED', 'DISCONTINUED')),
  sender text not null check (length(sender) <= 256),
  attributes jsonb compression lz4 not null check (jsonb_typeof(attributes) = 'object')
) with (fillfactor = 80);

-- A job is run by one worker at a time, while its lease lasts. One of a key waits or runs at a time; whoever wants it
-- while it runs has it run again.
alter table jobs
  add column lease_until timestamptz,
  add column again_after timestamptz,
  add check (jsonb_typeof(payload) = 'object'),
  drop constraint jobs_unique_key_key;
comment on column jobs.again_after is 'set while it runs: it is to run once more, not before this moment';
create unique index jobs_live_by_key on jobs (unique_key) where state in ('pending', 'running');
drop index jobs_running;
create index jobs_leased on jobs (lease_until) where state = 'running';
create index jobs_by_state on jobs (state, id);
