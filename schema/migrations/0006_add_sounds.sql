-- What makes common searches quick at any size.

create extension if not exists fuzzystrmatch;

-- How the words of a name sound, those in Latin letters: each in two ways.
create function name_sounds(value text) returns text[]
  language sql immutable strict parallel safe
  as $$
    select coalesce(array_agg(distinct code), '{}')
    from regexp_split_to_table(fold(value), '[^a-z]+') word,
      lateral (values (dmetaphone(word)), (dmetaphone_alt(word))) as sound (code)
    where code <> ''
  $$;
create index patients_by_sound on patients using gin (name_sounds(name));

alter table studies add column description_folded text compression lz4 not null
  generated always as (fold(description)) stored;
