-- What people draw on images: every version of it, and the DICOM objects that hold it.

-- The annotations of one author in one study that go into one DICOM object: measurements, or key images. `serial`
-- counts their changes, `planned` is the change up to which an object was begun, `stored` that of the last one in the
-- archive. The UIDs of the objects and of their series are derived from `key` and the number of the change.
create table annotation_sets (
  id bigint generated always as identity primary key,
  study bigint not null references kept_studies on delete cascade,
  author bigint not null references users,
  serial bigint not null default 0,
  planned bigint not null default 0,
  stored bigint not null default 0,
  key uuid not null default gen_random_uuid(),
  key_objects boolean not null,
  stored_uid text collate "C" not null default '' check (length(stored_uid) <= 64),
  stored_class text collate "C" not null default '' check (length(stored_class) <= 64),
  unique (study, author, key_objects)
) with (fillfactor = 80);
create index annotation_sets_by_author on annotation_sets (author);

create table annotations (
  id uuid primary key,
  set_id bigint not null references annotation_sets on delete cascade,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  deleted boolean not null default false
) with (fillfactor = 80);
create index annotations_by_set on annotations (set_id);

create table annotation_versions (
  annotation uuid not null references annotations on delete cascade,
  version integer not null,
  deleted boolean not null,
  serial bigint not null,
  at timestamptz not null default now(),
  document text collate "C" check (length(document) <= 64),
  content jsonb compression lz4 not null,
  primary key (annotation, version)
);
comment on column annotation_versions.document is 'SOP Instance UID of the newest DICOM object that holds it';
