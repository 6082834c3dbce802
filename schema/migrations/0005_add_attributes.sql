-- What queries ask for beyond the columns, as the header of a study's or series' first instance has it: a DICOM JSON
-- object (PS3.18 F.2) for each level. Rows from before have none.
alter table studies add column attributes jsonb compression lz4 not null default '{}';
alter table series add column attributes jsonb compression lz4 not null default '{}';

-- Moments are a date (YYYYMMDD, eight spaces where only the time is there) and a time behind it, '' for neither.
-- `image_type` is a term; `attributes` is null where the header has none of those that are kept.
alter table instances
  add column acquisition_number integer,
  add column image_type integer,
  add column content_at text collate "C" not null default '' check (length(content_at) <= 24),
  add column acquired_at text collate "C" not null default '' check (length(acquired_at) <= 24),
  add column created_at text collate "C" not null default '' check (length(created_at) <= 24),
  add column attributes jsonb compression lz4;

create function date_of(moment text) returns text
  language sql immutable strict parallel safe
  return rtrim(left(moment, 8));
create function time_of(moment text) returns text
  language sql immutable strict parallel safe
  return substr(moment, 9);

-- The values at a path of a DICOM JSON object, person names as they stand in a data set.
create function values_at(attributes jsonb, path jsonpath) returns setof text
  language sql immutable strict parallel safe
  as $$
    select case jsonb_typeof(v) when 'object' then
        rtrim(concat_ws('=', coalesce(v ->> 'Alphabetic', ''), coalesce(v ->> 'Ideographic', ''),
                        coalesce(v ->> 'Phonetic', '')), '=')
      else v #>> '{}' end
    from jsonb_path_query(attributes, path) v
  $$;

-- A person name for matching by component group: each group folded, a space behind it, between line breaks.
create function fold_name(value text) returns text
  language sql immutable strict parallel safe
  as $$
    select coalesce(E'\n' || string_agg(fold(g) || E' \n', ''), '') from unnest(string_to_array(value, '=')) g
  $$;

-- A LIKE pattern of a key with wildcards (PS3.4 C.2.2.2.4).
create function wildcards_to_like(value text) returns text
  language sql immutable strict parallel safe
  return translate(regexp_replace(value, '([\\%_])', '\\\1', 'g'), '*?', '%_');

-- A LIKE pattern that finds a person name with one component group, or its key, in what `fold_name` makes. "Doe^*"
-- finds "Doe" too.
create function name_pattern(value text) returns text
  language sql immutable strict parallel safe
  return E'%\n' || wildcards_to_like(fold(value)) || case when right(value, 1) = '*' then '' else ' ' end || E'\n%';

-- What a patient is found by: the name by component group, a tabulator, the Patient ID.
alter table patients add column search_text text collate "C" not null
  generated always as (fold_name(name) || E'\t' || fold(patient_id)) stored;
create index patients_by_text on patients using gin (search_text gin_trgm_ops);
create index studies_by_referring_physician on studies using gin (fold_name(referring_physician) gin_trgm_ops)
  where referring_physician <> '';
