-- The catalogue: who was imaged where, and where the bytes lie. Foreign keys are named after what they refer to.
-- UIDs, dates (YYYYMMDD) and times are text collate "C": compared byte by byte, '' where the data set has none.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- Text as people search for it: no case, no accents, name delimiters as spaces; other scripts stay as they are.
create function fold(value text) returns text
  language sql immutable strict parallel safe
  return trim(regexp_replace(
    lower(unaccent('unaccent'::regdictionary, normalize(value, NFKC)) collate "und-x-icu"), '[\s^=]+', ' ', 'g'));

-- What tells two people of one Patient ID apart: the first component group of the name (PS3.5 6.2.1) that is there.
create function identity_name(value text) returns text
  language sql immutable strict parallel safe
  return left(fold(coalesce(nullif(split_part(value, '=', 1), ''), value)), 256);

-- A LIKE pattern that finds a folded needle anywhere in a folded text.
create function pattern_of(needle text) returns text
  language sql immutable strict parallel safe
  return '%' || regexp_replace(fold(needle), '([\\%_])', '\\\1', 'g') || '%';

-- What a study is found by: the folded patient name, a line break that no folded text has, and the rest.
create function search_text_of(name text, patient_id text, accession_number text, description text) returns text
  language sql immutable strict parallel safe
  return fold(name) || E'\n ' || fold(concat_ws(' ', patient_id, accession_number, description));

-- Words that millions of rows repeat: SOP classes, transfer syntaxes, character sets, AE titles, node names.
-- Only ever added to, which is why the rows that use a word need no foreign key.
create table terms (
  id integer generated always as identity primary key,
  term text collate "C" not null unique check (length(term) <= 512)
);

create table facilities (
  id bigint generated always as identity primary key,
  name text not null unique check (length(name) between 1 and 128),
  created_at timestamptz not null default now()
);
insert into facilities (name) values ('Default');

-- A patient is known by facility, issuer and Patient ID. Where one such key came with people who cannot be the
-- same, each has a row of its own: `identity` counts them, `identity_conflict` marks them all.
create table patients (
  id bigint generated always as identity primary key,
  facility bigint not null references facilities,
  created_at timestamptz not null default now(),
  identity integer not null default 0,
  identity_conflict boolean not null default false,
  issuer text collate "C" not null check (length(issuer) <= 256),
  patient_id text collate "C" not null check (length(patient_id) <= 256),
  name text not null check (length(name) <= 1024),
  birth_date text collate "C" not null check (birth_date ~ '^([0-9]{8})?$'),
  sex text collate "C" not null check (sex in ('', 'M', 'F', 'O')),
  name_folded text collate "C" not null generated always as (left(fold(name), 256)) stored,
  identity_name text collate "C" not null generated always as (identity_name(name)) stored,
  unique (facility, issuer, patient_id, identity)
);
create index patients_by_patient_id on patients (patient_id);
create index patients_by_name on patients (name_folded, id);

create type study_priority as enum ('elective', 'routine', 'urgent', 'stat');

-- No index holds what changes with each batch (counts, sizes, updated_at), so that these updates stay in the page.
create table studies (
  id bigint generated always as identity primary key,
  facility bigint not null references facilities,
  patient bigint not null references patients,
  uploaded_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  number_of_instances bigint not null default 0 check (number_of_instances >= 0),
  storage_size bigint not null default 0 check (storage_size >= 0),
  number_of_series integer not null default 0 check (number_of_series >= 0),
  priority study_priority not null default 'routine',
  status text collate "C" not null default 'in_progress' check (status in (
    'scheduled', 'in_progress', 'completed', 'reported', 'approved', 'suspended', 'cancelled')),
  uid text collate "C" not null unique check (length(uid) between 1 and 64),
  study_date text collate "C" not null check (study_date ~ '^([0-9]{8})?$'),
  study_time text collate "C" not null check (length(study_time) <= 16),
  study_id text not null check (length(study_id) <= 1024),
  accession_number text collate "C" not null check (length(accession_number) <= 256),
  modalities text[] collate "C" not null default '{}',
  body_part text not null default '' check (length(body_part) <= 1024),
  description text compression lz4 not null check (length(description) <= 1024),
  referring_physician text not null check (length(referring_physician) <= 1024),
  search_text text compression lz4 not null
) with (fillfactor = 80);
comment on column studies.search_text is 'see search_text_of';
create index studies_by_patient on studies (patient);
create index studies_by_date on studies (study_date, id);
create index studies_by_facility_and_date on studies (facility, study_date, id);
create index studies_by_status_and_date on studies (status, study_date, id);
create index studies_by_priority on studies (priority, study_date, id);
create index studies_by_modalities on studies (modalities, study_date, id);
create index studies_by_upload on studies (uploaded_at, id);
create index studies_by_accession_number on studies (accession_number) where accession_number <> '';
create index studies_in_progress on studies (id) where status = 'in_progress';
create index studies_with_modality on studies using gin (modalities);
create index studies_by_text on studies using gin (search_text gin_trgm_ops);

create table series (
  id bigint generated always as identity primary key,
  study bigint not null references studies,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  number_of_instances bigint not null default 0 check (number_of_instances >= 0),
  storage_size bigint not null default 0 check (storage_size >= 0),
  number integer,
  uid text collate "C" not null unique check (length(uid) between 1 and 64),
  modality text collate "C" not null check (length(modality) <= 64),
  description text compression lz4 not null check (length(description) <= 1024),
  body_part text not null check (length(body_part) <= 1024),
  laterality text not null check (length(laterality) <= 64),
  series_date text collate "C" not null check (series_date ~ '^([0-9]{8})?$'),
  series_time text collate "C" not null check (length(series_time) <= 16),
  protocol_name text not null check (length(protocol_name) <= 1024),
  manufacturer text not null check (length(manufacturer) <= 1024),
  station_name text not null check (length(station_name) <= 1024),
  institution_name text not null check (length(institution_name) <= 1024),
  frame_of_reference_uid text collate "C" not null check (length(frame_of_reference_uid) <= 64)
) with (fillfactor = 80);
create index series_by_study on series (study);

-- One row for each version of an instance; the current one has no `replaced_at`. The columns stand by their width.
create table instances (
  id bigint generated always as identity primary key,
  series bigint not null references series,
  received_at timestamptz not null,
  replaced_at timestamptz,
  length bigint not null check (length > 0),
  version integer not null default 1,
  sop_class integer not null,
  transfer_syntax integer not null,
  character_set integer not null,
  sender integer not null,
  number integer,
  number_of_frames integer not null,
  rows integer,
  columns integer,
  bits_allocated integer,
  data_set_digest bytea not null check (octet_length(data_set_digest) = 16),
  sop_uid text collate "C" not null check (length(sop_uid) between 1 and 64)
);
comment on column instances.length is 'bytes of the file as first stored, Part 10 header included';
comment on column instances.sender is 'the term that is the calling AE title, or the name of who uploaded';
create unique index instances_by_uid on instances (sop_uid) where replaced_at is null;
create index instances_replaced on instances (sop_uid) where replaced_at is not null;
create index instances_by_series on instances (series);

create type location_state as enum ('ok', 'lost', 'corrupt');

-- Copies of an instance. The hash stands for the path in the key, which would be wider than the row otherwise.
create table locations (
  instance bigint not null references instances,
  file_offset bigint not null default 0 check (file_offset >= 0),
  length bigint not null check (length > 0),
  node integer not null,
  state location_state not null default 'ok',
  checksum bytea not null check (octet_length(checksum) = 16),
  path text collate "C" not null check (length(path) between 1 and 1024)
);
create unique index locations_by_instance on locations (instance, node, hashtextextended(path, 0));

-- Totals. Each connection counts in a slot of its own, so that writers do not wait for each other; add the slots.
create table facility_counts (
  facility bigint not null references facilities,
  slot integer not null,
  patients bigint not null default 0,
  studies bigint not null default 0,
  series bigint not null default 0,
  instances bigint not null default 0,
  bytes bigint not null default 0,
  primary key (facility, slot)
) with (fillfactor = 50);

-- What happened, written in the transaction in which it happened.
create table events (
  id bigint generated always as identity primary key,
  created_at timestamptz not null default now(),
  facility bigint,
  study bigint,
  type text collate "C" not null check (length(type) between 1 and 64),
  payload jsonb compression lz4 not null
);
