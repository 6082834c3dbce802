#pragma once

#include "schema/session.hpp"

// The SQL of `index_writer`. Parameters are arrays, an element for each row.

namespace noctis::schema::index_sql {

inline constexpr statement lock_studies{"index_lock_studies", R"sql(
select s.id, s.uid, s.facility, f.name, s.patient, p.patient_id, p.issuer, s.deletion is not null
from kept_studies s join patients p on p.id = s.patient join facilities f on f.id = s.facility
where s.uid = any($1::text[]) order by s.uid for no key update of s)sql"};

// The laterals keep the planner from joining the other way round, which it likes while the tables are new.
inline constexpr statement look_up{"index_look_up", R"sql(
select e.n, r.id, (select uid from kept_studies where id = r.study), i.id, i.version, i.length,
       encode(i.data_set_digest, 'hex'), (select term from terms where id = i.transfer_syntax), i.series,
       i.deletion is not null, r.deletion is not null
from unnest($1::text[], $2::text[]) with ordinality as e (series_uid, sop_uid, n)
left join lateral (select id, study, deletion from kept_series where uid = e.series_uid offset 0) r on true
left join lateral (select id, version, length, data_set_digest, transfer_syntax, series, deletion from kept_instances
                   where sop_uid = e.sop_uid and replaced_at is null offset 0) i on true
where r.id is not null or i.id is not null)sql"};

inline constexpr statement find_patient{"index_find_patient", R"sql(
select t.id, p.id from patients p join patients t on t.id = coalesce(p.merged_into, p.id)
where p.facility = $1 and p.issuer = $2 and p.patient_id = $3 and case when $3 = ''
    then p.identity_name = identity_name($4) and p.birth_date = $5 and p.sex = $6
    else (p.identity_name = '' or identity_name($4) in ('', p.identity_name))
      and (p.birth_date = '' or $5 in ('', p.birth_date)) and (p.sex = '' or $6 in ('', p.sex)) end
order by p.identity limit 1 for no key update of t)sql"};

// Whether something of a patient is to be seen, and whether the patient was merged since it was found.
inline constexpr statement look_at_patient{"index_look_at_patient", R"sql(
select exists(select from studies where patient = $1), merged_into is not null from patients where id = $1)sql"};

inline constexpr statement lock_patient{"index_lock_patient", "select from patients where id = $1 for no key update"};

inline constexpr statement find_identities{"index_find_identities", R"sql(
select e.n from unnest($1::bigint[], $2::text[], $3::text[]) with ordinality as e (study, issuer, patient_id, n)
where exists (select from study_identities k where k.study = e.study and k.patient_id = e.patient_id
              and (k.issuer = e.issuer or '' in (k.issuer, e.issuer)))
  or exists (select from kept_studies s join patients p on p.merged_into = s.patient
             where s.id = e.study and p.patient_id = e.patient_id
               and (p.issuer = e.issuer or '' in (p.issuer, e.issuer))))sql"};

inline constexpr statement create_patient{"index_create_patient", R"sql(
insert into patients (facility, issuer, patient_id, name, birth_date, sex, identity)
select $1, $2, $3, $4, $5, $6, coalesce(max(identity) + 1, 0) from patients
where facility = $1 and issuer = $2 and patient_id = $3
on conflict do nothing returning id, identity)sql"};

inline constexpr statement flag_patients{"index_flag_patients", R"sql(
with flagged as (
  update patients set identity_conflict = true where facility = $1 and issuer = $2 and patient_id = $3 returning id)
insert into events (type, facility, payload)
select 'alert.patient_identity', $1, jsonb_build_object('patient_id', $3::text, 'issuer', $2::text,
  'patients', (select jsonb_agg(id order by id) from flagged)))sql"};

inline constexpr statement create_studies{"index_create_studies", R"sql(
insert into kept_studies (uid, facility, patient, study_id, study_date, study_time, accession_number, description,
                     referring_physician, attributes, search_text)
select e.uid, e.facility, e.patient, e.study_id, e.study_date, e.study_time, e.accession_number, e.description,
       e.referring_physician, e.attributes,
       search_text_of(p.name, p.patient_id, e.accession_number, e.description)
from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
            $9::text[], $10::jsonb[])
  as e (uid, facility, patient, study_id, study_date, study_time, accession_number, description, referring_physician,
        attributes)
join patients p on p.id = e.patient
order by e.uid on conflict do nothing returning id, uid)sql"};

inline constexpr statement create_series{"index_create_series", R"sql(
insert into kept_series (uid, study, number, modality, description, body_part, laterality, series_date, series_time,
                    protocol_name, manufacturer, station_name, institution_name, frame_of_reference_uid, attributes)
select * from unnest($1::text[], $2::bigint[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[],
                     $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::jsonb[]) as e (uid)
order by e.uid on conflict do nothing returning id, uid)sql"};

// By Study Instance UID, or by accession number and patient.
inline constexpr statement begin_workitems{"index_begin_workitems", R"sql(
with begun as (
  update workitems w set state = 'IN PROGRESS', updated_at = now()
  from unnest($1::bigint[]) as e (id) join kept_studies s on s.id = e.id join patients p on p.id = s.patient
  cross join lateral (
    select m.id from workitems m where m.study_uid = s.uid and m.study_uid <> ''
    union
    select m.id from workitems m where m.accession_number = s.accession_number and m.accession_number <> ''
      and m.patient_id = p.patient_id) meant
  where w.id = meant.id and w.facility = s.facility and w.state = 'SCHEDULED'
  returning w.facility, w.uid)
insert into events (type, facility, payload)
select 'workitem.updated', facility, jsonb_build_object('workitem', uid, 'state', 'IN PROGRESS') from begun)sql"};

inline constexpr statement show_instances{"index_show_instances", R"sql(
update kept_instances set deletion = null
where id = any($1::bigint[]) and deletion is not null and replaced_at is null returning id)sql"};

inline constexpr statement set_aside{"index_set_aside", R"sql(
update kept_instances set replaced_at = now() where id = any($1::bigint[]) and replaced_at is null returning id)sql"};

inline constexpr statement insert_instances{"index_insert_instances", R"sql(
with entry as materialized (
  select * from unnest($1::text[], $2::bigint[], $3::integer[], $4::integer[], $5::integer[], $6::integer[],
      $7::integer[], $8::integer[], $9::integer[], $10::integer[], $11::integer[], $12::integer[], $13::text[],
      $14::bigint[], $15::bigint[], $16::integer[], $17::text[], $18::bigint[], $19::text[], $20::integer[],
      $21::integer[], $22::text[], $23::text[], $24::text[], $25::jsonb[])
    as e (sop_uid, series, version, sop_class, transfer_syntax, character_set, sender, number, number_of_frames,
          rows, columns, bits_allocated, digest, length, received_at, node, path, file_offset, checksum,
          image_type, acquisition_number, content_at, acquired_at, created_at, attributes)),
inserted as (
  insert into kept_instances (sop_uid, series, version, sop_class, transfer_syntax, character_set, sender, number,
                         number_of_frames, rows, columns, bits_allocated, data_set_digest, length, received_at,
                         image_type, acquisition_number, content_at, acquired_at, created_at, attributes)
  select sop_uid, series, version, sop_class, transfer_syntax, character_set, sender, number, number_of_frames, rows,
         columns, bits_allocated, decode(digest, 'hex'), length, to_timestamp(received_at / 1000.0),
         image_type, acquisition_number, content_at, acquired_at, created_at, attributes
  from entry order by sop_uid on conflict do nothing returning id, sop_uid),
located as (
  insert into locations (instance, node, path, file_offset, length, checksum)
  select i.id, e.node, e.path, e.file_offset, e.length, decode(e.checksum, 'hex')
  from inserted i join entry e using (sop_uid))
select id, sop_uid from inserted)sql"};

inline constexpr statement count{"index_count", R"sql(
with counted_series as (
  update kept_series r set number_of_instances = r.number_of_instances + d.instances,
                      storage_size = r.storage_size + d.bytes, updated_at = now(),
                           deletion = null
  from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as d (id, instances, bytes) where r.id = d.id
  returning r.uid, r.modality),
counted_studies as (
  update kept_studies s set number_of_series = s.number_of_series + d.series,
      number_of_instances = s.number_of_instances + d.instances, storage_size = s.storage_size + d.bytes,
      updated_at = now(), deletion = null,
      body_part = case when s.body_part = '' then d.body_part else s.body_part end,
      status = case when s.status = 'scheduled' or s.status = 'completed' and not
          string_to_array(d.modalities, '\') <@ array['SR', 'SEG', 'DOC', 'KO', 'PR'] then 'in_progress'
        else s.status end,
      modalities = case when s.modalities @> string_to_array(d.modalities, '\') then s.modalities
        else (select array_agg(distinct m order by m) from unnest(s.modalities || string_to_array(d.modalities, '\')) m)
        end
  from unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::text[])
    as d (id, series, instances, bytes, modalities, body_part)
  where s.id = d.id returning s.id, s.number_of_series, s.number_of_instances),
counted_facilities as (
  insert into facility_counts as c (facility, slot, patients, studies, series, instances, bytes)
  select facility, pg_backend_pid() % 64, patients, studies, series, instances, bytes
  from unnest($10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[])
    as d (facility, patients, studies, series, instances, bytes) order by facility
  on conflict (facility, slot) do update set patients = c.patients + excluded.patients,
    studies = c.studies + excluded.studies, series = c.series + excluded.series,
    instances = c.instances + excluded.instances, bytes = c.bytes + excluded.bytes)
insert into events (type, facility, study, payload)
select 'instance.stored', d.facility, d.study, jsonb_build_object(
  'study_id', d.study, 'study_instance_uid', d.study_uid, 'series_instance_uid', d.series_uid, 'modality', r.modality,
  'number_of_instances', d.stored, 'study_number_of_series', s.number_of_series,
  'study_number_of_instances', s.number_of_instances)
from unnest($16::bigint[], $17::bigint[], $18::text[], $19::text[], $20::bigint[])
  as d (facility, study, study_uid, series_uid, stored)
join counted_studies s on s.id = d.study join counted_series r on r.uid = d.series_uid)sql"};

// The rules may have changed since they were read: only those that are active now send.
inline constexpr statement route{"index_route", R"sql(
with rule as materialized (
  select id, destination, deidentify, priority from routing_rules where id = any($1::bigint[]) and active
  for key share),
entry as (select * from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as e (rule, study, instance)),
due as (
  insert into deliveries (rule, study, instance)
  select r.id, e.study, e.instance from entry e join rule r on r.id = e.rule on conflict do nothing)
insert into jobs as j (queue, unique_key, facility, priority, max_attempts, run_after, payload)
select distinct 'forward', 'forward ' || r.id || ' ' || s.uid, s.facility, r.priority, 20,
  now() + interval '3 seconds', jsonb_build_object('rule', r.id, 'study_uid', s.uid, 'destination', r.destination,
                                                   'deidentify', r.deidentify)
from entry e join rule r on r.id = e.rule join kept_studies s on s.id = e.study order by 2
on conflict (unique_key) where state in ('pending', 'running') do update
set again_after = case when j.state = 'running' then least(j.again_after, excluded.run_after) end)sql"};

inline constexpr statement find_locations{"index_find_locations", R"sql(
select l.instance, n.term, l.path, l.file_offset, l.length, encode(l.checksum, 'hex')
from locations l join terms n on n.id = l.node
where l.instance = any($1::bigint[]) and l.state = 'ok' order by l.instance, l.node)sql"};

} // namespace noctis::schema::index_sql
