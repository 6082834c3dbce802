import { fetchGuarded } from './client';
import type { Page } from './page';

/** A code with its meaning (PS3.3 8.8). */
export interface Code {
  value: string;
  scheme: string;
  meaning: string;
}

export type Verdict = 'accepted' | 'rejected';

/** A number that an analyser measured, or a place that it points to. */
export interface Finding {
  id: number;
  kind: 'measurement' | 'candidate';
  code: Code;
  site: Code | null;
  laterality: Code | null;
  value: number | null;
  /** UCUM. */
  unit: string;
  /** mm, LPS. */
  position: readonly number[] | null;
  diameter_mm: number | null;
  volume_ml: number | null;
  mean_hu: number | null;
  verdict: Verdict | null;
  verdict_by: string | null;
  verdict_at: string | null;
}

/** One run of an analyser on a series. */
export interface AnalysisRun {
  id: number;
  study_id: number;
  series_instance_uid: string;
  analyser: string;
  version: string;
  /** Of the input's instances. */
  input_digest: string;
  state: 'done' | 'failed';
  error: string;
  job_id: number | null;
  started_at: string;
  seconds: number;
  urgent: boolean;
  urgency_reason: string;
  warnings: readonly string[];
  /** A newer run of this analyser on this series exists. */
  superseded: boolean;
  report_uid: string | null;
  segmentation: { sop_instance_uid: string; series_instance_uid: string } | null;
  /** The analyser's own. */
  details: Readonly<Record<string, unknown>>;
  findings: readonly Finding[];
}

export type AnalysisState = 'pending' | 'running' | 'done' | 'failed';

export interface StudyAnalyses {
  study_id: number;
  study_instance_uid: string;
  /** `null`: the study was never analysed. */
  state: AnalysisState | null;
  results: readonly AnalysisRun[];
}

/** Something urgent that somebody must acknowledge. */
export interface Alert {
  id: number;
  study_id: number;
  study_instance_uid: string;
  patient_name: string;
  patient_id: string;
  study_description: string;
  kind: 'finding' | 'calibration';
  /** `critical` after escalation. */
  level: 'urgent' | 'critical';
  reason: string;
  state: 'open' | 'acknowledged';
  raised_at: string;
  escalated_at: string | null;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  note: string;
}

/** How an analyser does, and what readers think of it. */
export interface AnalyserFigures {
  analyser: string;
  version: string;
  runs: number;
  failures: number;
  mean_seconds: number;
  p95_seconds: number;
  findings: number;
  accepted: number;
  rejected: number;
  urgent: number;
}

export interface Dashboard {
  days: number;
  analysers: readonly AnalyserFigures[];
  alerts: {
    /** Now, and not escalated. */
    open: number;
    /** Open and escalated now. */
    escalated: number;
    /** Within the days. */
    acknowledged: number;
    median_acknowledgement_seconds: number;
  };
}

export interface InstalledModel {
  name: string;
  version: string;
  description: string;
  licence: string;
  state: 'ready' | 'refused';
  reason: string;
}

export interface CalibrationPoint {
  station: string;
  material: string;
  measured_hu: number;
  expected_hu: number;
  tolerance_hu: number;
  within_tolerance: boolean;
  at: string;
  study_instance_uid: string;
  series_instance_uid: string;
}

export interface QueueFigures {
  queue: string;
  pending: number;
  running: number;
  failed: number;
  done: number;
  mean_seconds: number | null;
  p95_seconds: number | null;
  oldest_due_ms: number | null;
}

/** Minutes from a study's arrival to its reports; `null` where there are none. */
export interface TurnaroundGroup {
  modality: string;
  priority: string;
  reports: number;
  median_minutes_to_preliminary: number | null;
  median_minutes_to_final: number | null;
  p90_minutes_to_final: number | null;
}

export interface Turnaround {
  days: number;
  groups: readonly TurnaroundGroup[];
  drafts: number;
  unsigned_preliminary: number;
}

/** Background work. */
export interface Job {
  id: number;
  queue: string;
  state: 'pending' | 'running' | 'done' | 'failed' | 'cancelled';
  priority: string;
  attempts: number;
  max_attempts: number;
  /** 0 … 1. */
  progress: number;
  payload: Readonly<Record<string, unknown>>;
  result: Readonly<Record<string, unknown>> | null;
  error: string;
  worker: string;
  created_at: string;
  run_after: string;
  started_at?: string | null;
  finished_at: string | null;
  study_id?: number | null;
}

interface Counted<T> {
  count: number;
  results: readonly T[];
}

interface Asking {
  signal?: AbortSignal;
  /** Asked by the page itself, which keeps no session alive. */
  isBackground?: boolean;
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** Returns a path with those of the parameters that have a value. */
export function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0
    ? path
    : `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

async function read<T>(path: string, { signal, isBackground = true }: Asking = {}): Promise<T> {
  const headers = { Accept: 'application/json', ...(isBackground && { 'X-Background': '1' }) };
  return (await (await fetchGuarded(path, { headers, ...(signal && { signal }) })).json()) as T;
}

async function write<T>(method: 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
  const headers = { Accept: 'application/json', ...(body !== undefined && { 'Content-Type': 'application/json' }) };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  return (await (await fetchGuarded(path, init)).json()) as T;
}

/** The runs of a study (row id or UID), newest first; those that newer ones replace only where they are wanted. */
export function readAnalyses(
  study: string | number,
  { withSuperseded = false, ...asking }: Asking & { withSuperseded?: boolean } = {},
): Promise<StudyAnalyses> {
  const path = `/api/studies/${study}/analyses/`;
  return read(withQuery(path, { superseded: withSuperseded ? 'true' : undefined }), asking);
}

/** Has a study analysed once more; returns the job. */
export function analyseAgain(study: number): Promise<Job> {
  return write('POST', `/api/studies/${study}/analyse/`);
}

/** Keeps a reader's word on a finding; `null` takes it back. */
export function putVerdict(finding: number, verdict: Verdict | null): Promise<Finding> {
  return write('PUT', `/api/findings/${finding}/verdict/`, { verdict });
}

export interface AlertFilter {
  state?: Alert['state'];
  study?: number;
  page_size?: number;
}

/** Alerts, open ones first, then the newest first. */
export function readAlerts(filter: AlertFilter, asking?: Asking): Promise<Page<Alert>> {
  return read(withQuery('/api/alerts/', { ...filter }), asking);
}

/** Takes an alert upon oneself. Throws `Problem`; 409 where somebody has done so already. */
export function acknowledgeAlert(id: number, note: string): Promise<Alert> {
  return write('POST', `/api/alerts/${id}/acknowledge/`, { note });
}

export function readDashboard(days: number, asking?: Asking): Promise<Dashboard> {
  return read(withQuery('/api/analysis/dashboard/', { days }), asking);
}

export function readModels(asking?: Asking): Promise<Counted<InstalledModel>> {
  return read('/api/analysis/models/', asking);
}

export function readCalibration(days: number, asking?: Asking): Promise<Counted<CalibrationPoint>> {
  return read(withQuery('/api/analysis/calibration/', { days }), asking);
}

export function readQueues(hours: number, asking?: Asking): Promise<{ results: readonly QueueFigures[] }> {
  return read(withQuery('/api/jobs/queues/', { hours }), asking);
}

export function readTurnaround(days: number, asking?: Asking): Promise<Turnaround> {
  return read(withQuery('/api/reports/turnaround/', { days }), asking);
}

export interface JobFilter {
  queue?: string;
  state?: Job['state'];
  study?: number;
  page?: number;
  page_size?: number;
}

export function readJobs(filter: JobFilter, asking?: Asking): Promise<Page<Job>> {
  return read(withQuery('/api/jobs/', { ...filter }), asking);
}

/** Stops a job that waits or runs, or lets one that ended begin anew. */
export function changeJob(id: number, how: 'cancel' | 'retry'): Promise<Job> {
  return write('POST', `/api/jobs/${id}/${how}/`);
}
