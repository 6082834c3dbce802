-- What analysers find, the alerts that follow, and what hands out the jobs that lead to them.

-- `handed_at`: when a stream was last told that the job waits.
alter table jobs
  add column study bigint,
  add column handed_at timestamptz;
create index jobs_to_hand on jobs (queue, priority desc, run_after, id) where state = 'pending' and handed_at is null;
create index jobs_by_study on jobs (study, id) where study is not null;
create index jobs_finished on jobs (queue, finished_at) where finished_at is not null;

-- One run of an analyser on the images of a series. The same input gives the same run, which is kept once. `findings`,
-- `accepted` and `rejected` count its findings and the verdicts on them, so that figures need no finding to be read.
create table analyses (
  id bigint generated always as identity primary key,
  study bigint not null references kept_studies on delete cascade,
  facility bigint not null references facilities,
  job bigint,
  started_at timestamptz not null,
  seconds double precision not null check (seconds >= 0),
  findings integer not null default 0,
  accepted integer not null default 0,
  rejected integer not null default 0,
  urgent boolean not null,
  superseded boolean not null default false,
  state text collate "C" not null check (state in ('done', 'failed')),
  series_uid text collate "C" not null check (length(series_uid) <= 64),
  analyser text collate "C" not null check (analyser ~ '^[a-z0-9.-]{1,64}$'),
  version text collate "C" not null check (length(version) between 1 and 32),
  input_digest text collate "C" not null check (input_digest ~ '^[0-9a-f]{32,64}$'),
  report_uid text collate "C" not null check (length(report_uid) <= 64),
  segmentation_uid text collate "C" not null check (length(segmentation_uid) <= 64),
  segmentation_series_uid text collate "C" not null check (length(segmentation_series_uid) <= 64),
  urgency_reason text not null check (length(urgency_reason) <= 1024),
  error text not null check (length(error) <= 4096),
  warnings text[] not null,
  details jsonb compression lz4 not null,
  unique (study, series_uid, analyser, version, input_digest)
) with (fillfactor = 90);
create index analyses_by_time on analyses (started_at);
create index analyses_of_phantoms on analyses (started_at) where analyser = 'hu-calibration';
comment on column analyses.details is 'the analyser''s own; of hu-calibration: out_of_tolerance, and inserts with '
  'material, measured_hu, expected_hu and tolerance_hu';

create table analysis_findings (
  id bigint generated always as identity primary key,
  analysis bigint not null references analyses on delete cascade,
  ordinal integer not null,
  verdict_by bigint,
  verdict_at timestamptz,
  kind text collate "C" not null check (kind in ('measurement', 'candidate')),
  verdict text collate "C" not null default '' check (verdict in ('', 'accepted', 'rejected')),
  content jsonb compression lz4 not null,
  unique (analysis, ordinal)
);
comment on column analysis_findings.content is 'what does not change: codes, value and unit, or place and size';

create table alerts (
  id bigint generated always as identity primary key,
  study bigint not null references kept_studies on delete cascade,
  analysis bigint unique references analyses on delete cascade,
  facility bigint not null references facilities,
  raised_at timestamptz not null default now(),
  escalated_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by bigint,
  kind text collate "C" not null check (kind in ('finding', 'calibration')),
  reason text not null check (length(reason) <= 1024),
  note text not null default '' check (length(note) <= 1024)
);
create index alerts_by_study on alerts (study);
create index alerts_open on alerts (facility, id) where acknowledged_at is null;
create index alerts_in_order on alerts ((acknowledged_at is not null), id desc);
create index alerts_acknowledged on alerts (acknowledged_at) where acknowledged_at is not null;

alter table kept_studies
  add column ai_status text collate "C" check (ai_status in ('pending', 'running', 'done', 'failed')),
  add column alert text collate "C" check (alert in ('open', 'escalated', 'acknowledged'));
create or replace view studies as select * from kept_studies where deletion is null;

-- A study shows how far its analysis is.
create function show_analysis() returns trigger language plpgsql as $$
begin
  update kept_studies set ai_status = nullif(new.state, 'cancelled') where id = new.study
    and ai_status is distinct from nullif(new.state, 'cancelled');
  return null;
end $$;
create trigger jobs_show_new_analysis after insert on jobs for each row
  when (new.queue = 'analysis' and new.study is not null) execute function show_analysis();
create trigger jobs_show_analysis after update of state on jobs for each row
  when (new.queue = 'analysis' and new.study is not null and old.state <> new.state)
  execute function show_analysis();

-- And whether somebody must look at it. The study is locked first: two alerts of one study that are acknowledged at the
-- same moment would else not see each other.
create function show_alert() returns trigger language plpgsql as $$
begin
  perform from kept_studies where id = coalesce(new.study, old.study) for no key update;
  update kept_studies s set alert = (
    select case when bool_or(a.acknowledged_at is null and a.escalated_at is not null) then 'escalated'
                when bool_or(a.acknowledged_at is null) then 'open'
                when count(*) > 0 then 'acknowledged' end
    from alerts a where a.study = s.id)
  where s.id = coalesce(new.study, old.study);
  return null;
end $$;
create trigger alerts_show after insert or update or delete on alerts for each row execute function show_alert();
