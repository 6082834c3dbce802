-- Fills an index with the rows of studies :first to :last, as a hospital's: modalities and sizes in their usual
-- proportion, about 58 instances a study, names in several scripts, ten years of dates. The same numbers always make
-- the same rows. No file stands behind them.
\set ON_ERROR_STOP on
begin;

create function pg_temp.roll(n bigint, salt text, sides bigint) returns bigint language sql immutable as $$
  select (hashtextextended(salt || n, 0) & 9007199254740991) % sides
$$;

create temp table family (id serial, name text);
insert into family (name)
select initcap(a || b) from
  unnest('{mül,schm,an,bern,car,dal,el,fis,gar,hoff,iv,jan,kow,lar,mar,nov,ols,per,rich,sand,tor,vas,wal,zim}'::text[]) a,
  unnest('{ler,idt,dersson,ard,valho,ton,stein,cher,cía,mann,anov,sen,alski,sson,tinez,ák,etti,eira,ter,berg}'::text[]) b;
create temp table given (id serial, name text);
insert into given (name)
select unnest('{Anna,Ben,Clara,David,Élise,François,Greta,Hans,Ines,Jörg,Karin,Lars,María,Niels,Olga,Pablo,Rosa,Søren,
  Tom,Ulla,Victor,Wanda,Xaver,Yvonne,Zoë,Paul,Mary,John,Ruth,James}'::text[]);
create temp table scripts (id serial, name text);
insert into scripts (name)
select l || '^' || g from unnest('{Иванов,Петров,Сидорова,Кузнецов,Смирнова,Попов}'::text[]) l,
  unnest('{Пётр,Анна,Олег,Мария,Иван}'::text[]) g
union all
select l || '^' || g from unnest('{Παπαδόπουλος,Νικολάου,Γεωργίου}'::text[]) l, unnest('{Ελένη,Γιώργος,Μαρία}'::text[]) g
union all
select latin || '=' || ideographic || '=' || phonetic from (values
  ('Yamada^Tarou', '山田^太郎', 'やまだ^たろう'), ('Suzuki^Hanako', '鈴木^花子', 'すずき^はなこ'),
  ('Tanaka^Ichiro', '田中^一郎', 'たなか^いちろう'), ('Hong^Gildong', '洪^吉洞', '홍^길동'),
  ('Kim^Minsu', '金^民洙', '김^민수'), ('Wang^Xiaodong', '王^小东', ''), ('Zhang^Wei', '张^伟', '')
) as n (latin, ideographic, phonetic)
union all
select l || '^' || g from unnest('{قباني,حداد,خوري}'::text[]) l, unnest('{نزار,ليلى,سمير}'::text[]) g;

insert into terms (term)
select unnest('{CT1,store-1,ISO_IR 100,ISO_IR 192,1.2.840.10008.1.2.1,1.2.840.10008.5.1.4.1.1.2,
  1.2.840.10008.5.1.4.1.1.4,1.2.840.10008.5.1.4.1.1.1.1,1.2.840.10008.5.1.4.1.1.6.1,1.2.840.10008.5.1.4.1.1.1.2,
  1.2.840.10008.5.1.4.1.1.128}'::text[])
on conflict do nothing;
create function pg_temp.term(word text) returns integer language sql stable as $$
  select id from terms where term = word
$$;

-- Three patients have ten studies between them, on average.
create temp table patient_rows as
select k, case when pg_temp.roll(k, 'script', 10) = 0
    then (select name from scripts where id = 1 + pg_temp.roll(k, 'which', (select count(*) from scripts)))
    else (select name from family where id = 1 + pg_temp.roll(k, 'family', (select count(*) from family))) || '^' ||
         (select name from given where id = 1 + pg_temp.roll(k, 'given', (select count(*) from given))) end as name
from generate_series(:first * 7 / 10, :last * 7 / 10) k;
insert into patients (facility, issuer, patient_id, name, birth_date, sex)
select 1, '', 'PAT' || lpad(k::text, 8, '0'), name,
  to_char(date '1930-01-01' + pg_temp.roll(k, 'birth', 33000)::integer, 'YYYYMMDD'), (array['F', 'M'])[1 + k % 2]
from patient_rows on conflict do nothing;

create temp table study_rows as
select n, n * 7 / 10 as k, date '2015-01-01' + pg_temp.roll(n, 'day', 3650)::integer as day,
  lpad((7 + pg_temp.roll(n, 'hour', 12))::text, 2, '0') || lpad(pg_temp.roll(n, 'minute', 60)::text, 2, '0') ||
    lpad(pg_temp.roll(n, 'second', 60)::text, 2, '0') as clock,
  pg_temp.roll(n, 'kind', 100) as kind
from generate_series(:first, :last) n;
create temp table kinds as
select * from (values
  (0, 39, 'DX', '1.2.840.10008.5.1.4.1.1.1.1', 2, 1, 'CHEST'), (40, 59, 'CT', '1.2.840.10008.5.1.4.1.1.2', 3, 40, 'HEAD'),
  (60, 74, 'MR', '1.2.840.10008.5.1.4.1.1.4', 6, 22, 'KNEE'), (75, 87, 'US', '1.2.840.10008.5.1.4.1.1.6.1', 1, 25, 'ABDOMEN'),
  (88, 94, 'MG', '1.2.840.10008.5.1.4.1.1.1.2', 4, 1, 'BREAST'), (95, 99, 'PT', '1.2.840.10008.5.1.4.1.1.128', 2, 100, 'WHOLEBODY')
) as k (lowest, highest, modality, sop_class, series, instances, part);

insert into studies (uid, facility, patient, study_id, study_date, study_time, accession_number, modalities, body_part,
    description, referring_physician, search_text, status, number_of_series, number_of_instances, storage_size)
select '1.2.826.0.1.3680043.10.999.1.' || n, 1, p.id, n::text, to_char(day, 'YYYYMMDD'), clock,
  'ACC' || lpad(n::text, 8, '0'), array[modality], part, d.description, p.name,
  search_text_of(p.name, p.patient_id, 'ACC' || lpad(n::text, 8, '0'), d.description),
  (array['completed', 'reported', 'approved'])[1 + n % 3], series, series * instances, series * instances * 532000::bigint
from study_rows join kinds on kind between lowest and highest
join patients p on p.facility = 1 and p.issuer = '' and p.patient_id = 'PAT' || lpad(k::text, 8, '0')
cross join lateral (select modality || ' ' || part ||
  (array['', ' nativ', ' with contrast', ' follow-up', ' Verlaufskontrolle'])[1 + pg_temp.roll(n, 'words', 5)]) d (description);

insert into series (uid, study, number, modality, description, body_part, laterality, series_date, series_time,
    protocol_name, manufacturer, station_name, institution_name, frame_of_reference_uid, number_of_instances, storage_size)
select '1.2.826.0.1.3680043.10.999.2.' || n || '.' || s, st.id, s, modality, part || ' series ' || s, part, '',
  st.study_date, st.study_time, part || ' ROUTINE', 'GE MEDICAL SYSTEMS', modality || pg_temp.roll(n, 'station', 9),
  'General Hospital', '1.2.826.0.1.3680043.10.999.4.' || n, instances, instances * 532000::bigint
from study_rows join kinds on kind between lowest and highest
join studies st on st.uid = '1.2.826.0.1.3680043.10.999.1.' || n, generate_series(1, series) s;

with rows as (
  insert into instances (sop_uid, series, sop_class, transfer_syntax, character_set, sender, number, number_of_frames,
    rows, columns, bits_allocated, data_set_digest, length, received_at)
  select '1.2.826.0.1.3680043.10.999.3.' || n || '.' || s || '.' || i, sr.id, pg_temp.term(sop_class),
    pg_temp.term('1.2.840.10008.1.2.1'), pg_temp.term('ISO_IR 100'), pg_temp.term('CT1'), i, 1, 512, 512, 16,
    decode(md5(n || '.' || s || '.' || i), 'hex'), 532000, day
  from study_rows join kinds on kind between lowest and highest, generate_series(1, series) s
  join lateral (select id from series where uid = '1.2.826.0.1.3680043.10.999.2.' || n || '.' || s) sr on true,
  generate_series(1, instances) i
  returning id, data_set_digest)
insert into locations (instance, length, node, checksum, path)
select id, 532000, pg_temp.term('store-1'), data_set_digest, 'ab/cd/' || encode(data_set_digest, 'hex') || '.dcm' from rows;

insert into facility_counts (facility, slot, patients, studies, series, instances, bytes)
select 1, 0, (select count(*) from patients), count(*), sum(number_of_series), sum(number_of_instances), sum(storage_size)
from studies
on conflict (facility, slot) do update set patients = excluded.patients, studies = excluded.studies,
  series = excluded.series, instances = excluded.instances, bytes = excluded.bytes;
commit;
set client_min_messages = error; -- the catalogs of the server are not ours to vacuum
vacuum analyze;
