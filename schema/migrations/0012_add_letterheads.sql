-- What stands at the head of a facility's documents, below its name.

alter table facilities
  add column address text not null default '',
  add column logo bytea;
