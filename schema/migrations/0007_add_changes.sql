-- What people change: deleted and restored objects, a study's status, patients made one or parted, routing.

-- Why something was hidden. Rows are only ever added, which is why those that refer to one need no foreign key.
create table deletions (
  id bigint generated always as identity primary key,
  object bigint not null,
  account bigint,
  at timestamptz not null default now(),
  level text collate "C" not null check (level in ('study', 'series', 'instance')),
  who text not null check (length(who) <= 256),
  reason text not null check (length(reason) between 1 and 1024)
);
comment on column deletions.object is 'the row that was deleted; what it held was hidden with it';
create index deletions_by_object on deletions (level, object);

-- `kept_…` hold everything until it is purged; `studies`, `series` and `instances` are what readers see of them.
-- A study or series in which nothing is to be seen is hidden itself, and so is what is in a hidden one.
alter table studies rename to kept_studies;
alter table series rename to kept_series;
alter table instances rename to kept_instances;
alter table kept_studies
  add column deletion bigint,
  add column assigned_to bigint references users on delete set null;
alter table kept_series add column deletion bigint;
alter table kept_instances add column deletion bigint;
create index studies_deleted on kept_studies (deletion) where deletion is not null;
create index series_deleted on kept_series (deletion) where deletion is not null;
create index instances_deleted on kept_instances (deletion) where deletion is not null;
create index studies_by_reader on kept_studies (assigned_to, study_date, id) where assigned_to is not null;

drop index studies_by_date, studies_by_facility_and_date, studies_by_status_and_date, studies_by_priority,
  studies_by_modalities, studies_by_upload;
create index studies_by_date on kept_studies (study_date, id) where deletion is null;
create index studies_by_facility_and_date on kept_studies (facility, study_date, id) where deletion is null;
create index studies_by_status_and_date on kept_studies (status, study_date, id) where deletion is null;
create index studies_by_priority on kept_studies (priority, study_date, id) where deletion is null;
create index studies_by_modalities on kept_studies (modalities, study_date, id) where deletion is null;
create index studies_by_upload on kept_studies (uploaded_at, id) where deletion is null;

create view studies as select * from kept_studies where deletion is null;
create view series as select * from kept_series where deletion is null;
create view instances as select * from kept_instances where deletion is null;

-- Files whose rows were purged, until each node has removed its own. A file that is named here has no need of a row.
create table purged_files (
  node text collate "C" not null check (length(node) <= 512),
  path text collate "C" not null check (length(path) between 1 and 1024),
  purged_at timestamptz not null default now(),
  primary key (node, path)
);

-- Each change of a study's status. Who changes it says so by `noctis.who` and `noctis.account`; the system does not.
create table study_status_changes (
  id bigint generated always as identity primary key,
  study bigint not null references kept_studies on delete cascade,
  account bigint,
  at timestamptz not null default now(),
  who text not null,
  from_status text collate "C" not null,
  to_status text collate "C" not null
);
create index study_status_changes_by_study on study_status_changes (study, id);
create function keep_status_change() returns trigger language plpgsql as $$
begin
  insert into study_status_changes (study, account, who, from_status, to_status)
  values (new.id, nullif(current_setting('noctis.account', true), '')::bigint,
          coalesce(nullif(current_setting('noctis.who', true), ''), 'system'), old.status, new.status);
  return null;
end $$;
create trigger studies_keep_status after update of status on kept_studies for each row
  when (old.status is distinct from new.status) execute function keep_status_change();

-- Patients made one: what comes for the first is the second's. `study_identities` are the Patient IDs besides the
-- patient's own under which objects of a study are taken.
alter table patients add column merged_into bigint references patients;
create index patients_merged on patients (merged_into) where merged_into is not null;
create table study_identities (
  study bigint not null references kept_studies on delete cascade,
  issuer text collate "C" not null,
  patient_id text collate "C" not null,
  primary key (study, issuer, patient_id)
);
create table patient_changes (
  id bigint generated always as identity primary key,
  facility bigint not null references facilities,
  from_patient bigint,
  into_patient bigint not null,
  account bigint,
  at timestamptz not null default now(),
  kind text collate "C" not null check (kind in ('merge', 'split')),
  who text not null check (length(who) <= 256),
  reason text not null check (length(reason) between 1 and 1024),
  studies bigint[] not null
);

create table routing_rules (
  id bigint generated always as identity primary key,
  facility bigint references facilities,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  active boolean not null,
  priority study_priority not null,
  name text not null unique check (length(name) between 1 and 128),
  destination text collate "C" not null references ae_titles (title),
  calling_aet text collate "C" not null check (length(calling_aet) <= 64),
  modalities text[] collate "C" not null,
  attributes jsonb not null check (jsonb_typeof(attributes) = 'array'),
  deidentify text not null check (length(deidentify) <= 64)
);

-- What a rule is to send, written with the instance itself, and when it was sent.
create table deliveries (
  rule bigint not null references routing_rules on delete cascade,
  instance bigint not null references kept_instances on delete cascade,
  study bigint not null,
  delivered_at timestamptz,
  primary key (rule, instance)
);
create index deliveries_due on deliveries (rule, study, instance) where delivered_at is null;
create index deliveries_by_instance on deliveries (instance);
