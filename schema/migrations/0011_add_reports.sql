-- Reports: one for each study, every signed version of it, and what belongs to it.

create table report_templates (
  id bigint generated always as identity primary key,
  changed_by bigint not null,
  updated_at timestamptz not null default now(),
  version bigint not null default 1,
  modality text collate "C" not null check (length(modality) <= 16),
  body_part text not null check (length(body_part) <= 64),
  name text not null unique check (length(name) between 1 and 128),
  content jsonb compression lz4 not null
);

-- `draft` is null while nobody changes what was signed last; `revision` counts its savings. Who edits, does so until
-- `editor_until`.
create table reports (
  id bigint generated always as identity primary key,
  study bigint not null unique references kept_studies on delete cascade,
  author bigint not null references users,
  editor bigint references users,
  editing_since timestamptz,
  editor_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  revision bigint not null default 0,
  version integer not null default 0,
  status text collate "C" not null default 'draft' check (status in ('draft', 'preliminary', 'final', 'amended')),
  images_until timestamptz,
  draft jsonb compression lz4
) with (fillfactor = 80);
comment on column reports.images_until is 'when the last image had come, as of the first signature';
create index reports_by_author on reports (author);
create index reports_by_change on reports (updated_at desc, id desc);
create index reports_by_status on reports (status, updated_at desc, id desc);

-- What was signed never changes; `content` and `identity` are kept to the byte, since the digest is over them.
create table report_versions (
  report bigint not null references reports on delete cascade,
  version integer not null check (version > 0),
  signed_by bigint not null references users,
  signed_at timestamptz not null,
  status text collate "C" not null check (status in ('preliminary', 'final', 'amended')),
  signer_name text not null check (length(signer_name) <= 256),
  digest text collate "C" not null check (digest ~ '^[0-9a-f]{64}$'),
  seal text collate "C" not null check (seal ~ '^[0-9a-f]{64}$'),
  document_uid text collate "C" not null default '' check (length(document_uid) <= 64),
  sr_uid text collate "C" not null default '' check (length(sr_uid) <= 64),
  identity text compression lz4 not null,
  content text compression lz4 not null,
  primary key (report, version)
);
comment on column report_versions.identity is 'canonical JSON of patient, study, version, status and signer';
create index report_versions_by_time on report_versions (signed_at);

-- What is searched: the words of the draft (version 0) and of every version, without accents, in no language.
create text search configuration report_words (copy = simple);
alter text search configuration report_words
  alter mapping for asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart
  with unaccent, simple;
create table report_texts (
  report bigint not null references reports on delete cascade,
  version integer not null,
  part integer not null,
  words tsvector not null,
  text text compression lz4 not null,
  primary key (report, version, part)
);
create index report_texts_by_words on report_texts using gin (words);

-- A text is one part, unless it has more distinct words than a tsvector holds.
create function report_parts(value text) returns table (part integer, words tsvector, text text)
language plpgsql stable as $$
begin
  return query select 0, to_tsvector('report_words', value), value;
exception when program_limit_exceeded then
  return query select n / 100000, to_tsvector('report_words', substr(value, n + 1, 100000)),
    substr(value, n + 1, 100000) from generate_series(0, greatest(length(value) - 1, 0), 100000) n;
end $$;

create table report_attachments (
  id bigint generated always as identity primary key,
  report bigint not null references reports on delete cascade,
  added_by bigint not null,
  added_at timestamptz not null default now(),
  name text not null check (length(name) between 1 and 255),
  media_type text collate "C" not null check (length(media_type) between 1 and 128),
  bytes bytea compression lz4 not null check (octet_length(bytes) <= 16777216)
);
create index report_attachments_by_report on report_attachments (report, id);

-- Critical results, and who was told of them.
create table report_communications (
  id bigint generated always as identity primary key,
  report bigint not null references reports on delete cascade,
  told_by bigint not null,
  at timestamptz not null,
  read_back boolean not null,
  how text collate "C" not null check (how in ('phone', 'in_person', 'message')),
  told text not null check (length(told) between 1 and 256),
  finding text not null check (length(finding) between 1 and 2048)
);
create index report_communications_by_report on report_communications (report, id);

-- Templates to begin with. Fields in braces are filled in by who reports: {{name|default}}.
insert into report_templates (changed_by, name, modality, body_part, content)
select 0, t.name, t.modality, t.body_part, jsonb_build_object('title', t.title, 'sections', (
  select jsonb_agg(jsonb_build_object('heading', s.heading, 'text', s.text) order by s.n)
  from rows from (jsonb_to_recordset(t.sections) as (heading text, text text)) with ordinality as s (heading, text, n)), 'macros', t.macros)
from (values
  ('Report', '', '', 'Report', $$[
    {"heading": "clinical_information", "text": ""},
    {"heading": "technique", "text": ""},
    {"heading": "comparison", "text": "None available."},
    {"heading": "findings", "text": ""},
    {"heading": "impression", "text": ""},
    {"heading": "recommendations", "text": ""}]$$::jsonb, $$[
    {"name": "nocomp", "text": "No prior examination is available for comparison."},
    {"name": "clincorr", "text": "Clinical correlation is recommended."}]$$::jsonb),
  ('CT head', 'CT', 'HEAD', 'CT of the head', $$[
    {"heading": "clinical_information", "text": "{{indication|Not given.}}"},
    {"heading": "technique", "text": "Axial CT of the head {{contrast|without}} intravenous contrast medium."},
    {"heading": "comparison", "text": "{{prior|None available.}}"},
    {"heading": "findings", "text": "Brain parenchyma: {{parenchyma|normal attenuation, grey and white matter are differentiated}}.\nHaemorrhage: {{haemorrhage|none}}.\nMass effect and midline: {{midline|no mass effect, no midline shift}}.\nVentricles and cisterns: {{ventricles|of normal size and configuration}}.\nSkull and skull base: {{skull|no fracture}}.\nParanasal sinuses and mastoids: {{sinuses|clear}}."},
    {"heading": "impression", "text": "{{impression|No acute intracranial abnormality.}}"},
    {"heading": "recommendations", "text": ""}]$$, $$[
    {"name": "nobleed", "text": "No intracranial haemorrhage."},
    {"name": "noshift", "text": "No mass effect or midline shift."},
    {"name": "ctmri", "text": "MRI is recommended if symptoms persist."}]$$),
  ('CT chest', 'CT', 'CHEST', 'CT of the chest', $$[
    {"heading": "clinical_information", "text": "{{indication|Not given.}}"},
    {"heading": "technique", "text": "Helical CT of the chest {{contrast|without}} intravenous contrast medium."},
    {"heading": "comparison", "text": "{{prior|None available.}}"},
    {"heading": "findings", "text": "Lungs and airways: {{lungs|clear; no consolidation}}.\nNodules: {{nodules|none}}.\nPleura: {{pleura|no effusion, no pneumothorax}}.\nMediastinum and hila: {{mediastinum|no enlarged lymph nodes}}.\nHeart and great vessels: {{heart|heart not enlarged, no pericardial effusion}}.\nUpper abdomen: {{abdomen|unremarkable as far as shown}}.\nBones and chest wall: {{bones|no suspicious lesion}}."},
    {"heading": "impression", "text": "{{impression|No acute abnormality of the chest.}}"},
    {"heading": "recommendations", "text": ""}]$$, $$[
    {"name": "nonod", "text": "No pulmonary nodules."},
    {"name": "noeff", "text": "No pleural effusion or pneumothorax."},
    {"name": "nodfu", "text": "Follow-up CT in {{months|12}} months is recommended."}]$$),
  ('MR brain', 'MR', 'BRAIN', 'MRI of the brain', $$[
    {"heading": "clinical_information", "text": "{{indication|Not given.}}"},
    {"heading": "technique", "text": "Multiplanar MRI of the brain with {{sequences|T1, T2, FLAIR, diffusion and susceptibility weighted sequences}}, {{contrast|without}} contrast medium."},
    {"heading": "comparison", "text": "{{prior|None available.}}"},
    {"heading": "findings", "text": "Diffusion: {{diffusion|no restricted diffusion}}.\nParenchyma: {{parenchyma|normal signal}}.\nSusceptibility: {{susceptibility|no microhaemorrhages}}.\nVentricles and extra-axial spaces: {{ventricles|of normal size and configuration}}.\nFlow voids: {{vessels|preserved}}.\nSella and posterior fossa: {{sella|unremarkable}}.\nOrbits, sinuses and mastoids: {{sinuses|unremarkable}}."},
    {"heading": "impression", "text": "{{impression|Normal MRI of the brain.}}"},
    {"heading": "recommendations", "text": ""}]$$, $$[
    {"name": "noinfarct", "text": "No acute infarct."},
    {"name": "nowml", "text": "No white matter lesions."}]$$),
  ('X-ray chest', 'DX', 'CHEST', 'Radiograph of the chest', $$[
    {"heading": "clinical_information", "text": "{{indication|Not given.}}"},
    {"heading": "technique", "text": "{{views|Posteroanterior and lateral}} radiograph of the chest."},
    {"heading": "comparison", "text": "{{prior|None available.}}"},
    {"heading": "findings", "text": "Lungs: {{lungs|clear}}.\nPleura: {{pleura|no effusion, no pneumothorax}}.\nHeart and mediastinum: {{heart|of normal size and contour}}.\nBones: {{bones|no acute abnormality}}.\nLines and tubes: {{lines|none}}."},
    {"heading": "impression", "text": "{{impression|No acute cardiopulmonary abnormality.}}"},
    {"heading": "recommendations", "text": ""}]$$, $$[
    {"name": "clear", "text": "The lungs are clear."},
    {"name": "noeff", "text": "No pleural effusion or pneumothorax."}]$$),
  ('Ultrasound abdomen', 'US', 'ABDOMEN', 'Ultrasound of the abdomen', $$[
    {"heading": "clinical_information", "text": "{{indication|Not given.}}"},
    {"heading": "technique", "text": "Transabdominal ultrasound of the upper abdomen."},
    {"heading": "comparison", "text": "{{prior|None available.}}"},
    {"heading": "findings", "text": "Liver: {{liver|normal size and echotexture, no focal lesion}}.\nGallbladder and bile ducts: {{gallbladder|no stones, ducts not dilated}}.\nPancreas: {{pancreas|unremarkable as far as seen}}.\nSpleen: {{spleen|of normal size}}.\nKidneys: {{kidneys|normal size, no hydronephrosis}}.\nAorta: {{aorta|not dilated}}.\nFree fluid: {{fluid|none}}."},
    {"heading": "impression", "text": "{{impression|Normal ultrasound of the abdomen.}}"},
    {"heading": "recommendations", "text": ""}]$$, $$[
    {"name": "nostone", "text": "No gallstones."},
    {"name": "nofluid", "text": "No free fluid."}]$$)
) as t (name, modality, body_part, title, sections, macros);
