import { fetchGuarded } from '@/api/client';
import type {
  Attachment,
  Communication,
  Page,
  Person,
  Report,
  ReportContent,
  ReportSummary,
  ReportTemplate,
  ReportVersion,
  SignedStatus,
  StudyRow,
  TemplateContent,
} from './types';

// What the REST interface does with reports. Every function throws `Problem`.

/** Requests with these do not keep a session alive of which the user is gone. */
export const background = { 'X-Background': '1' };

type Query = Readonly<Record<string, string | number | readonly string[] | null | undefined>>;

function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of [value].flat())
      if (one !== null && one !== undefined && one !== '') parameters.append(name, String(one));
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function read<T>(path: string, init: RequestInit = {}): Promise<T> {
  return (await (await fetchGuarded(path, init)).json()) as T;
}

function write<T>(method: 'POST' | 'PUT', path: string, body: unknown, init: RequestInit = {}): Promise<T> {
  const headers = { 'Content-Type': 'application/json', ...(init.headers as Record<string, string> | undefined) };
  return read<T>(path, { ...init, method, headers, body: JSON.stringify(body) });
}

const pathOf = (id: number) => `/api/reports/${id}/`;

export interface ReportQuery extends Query {
  study?: string | number | undefined;
  status?: string;
  /** id of a user */
  author?: number | undefined;
  search?: string;
  page?: number;
  page_size?: number;
}

export const listReports = (query: ReportQuery, init: RequestInit = {}) =>
  read<Page<ReportSummary>>(withQuery('/api/reports/', query), init);

export const readReport = (id: number, init: RequestInit = {}) => read<Report>(pathOf(id), init);

/** The study's report, made where there is none. */
export const openReport = (study: number) => write<Report>('POST', '/api/reports/', { study });

export const saveDraft = (id: number, revision: number, content: ReportContent, init: RequestInit = {}) =>
  write<Report>('PUT', `${pathOf(id)}draft/`, { revision, content }, init);

/** Begins to edit, or goes on with it. 409 with `current` where somebody else does. */
export const claimReport = (id: number, takeOver: boolean, init: RequestInit = {}) =>
  write<Report>('POST', `${pathOf(id)}claim/`, { take_over: takeOver }, init);

export async function releaseReport(id: number, init: RequestInit = {}): Promise<void> {
  await fetchGuarded(`${pathOf(id)}release/`, { method: 'POST', headers: background, ...init });
}

export const signReport = (id: number, revision: number, status: SignedStatus, password: string) =>
  write<Report>('POST', `${pathOf(id)}sign/`, { revision, status, password });

export const amendReport = (id: number) => read<Report>(`${pathOf(id)}amend/`, { method: 'POST' });

export const listVersions = (id: number, signal?: AbortSignal) =>
  read<{ count: number; results: readonly ReportVersion[] }>(`${pathOf(id)}versions/`, { ...(signal && { signal }) });

/** Where a version is as PDF or text; 0: the draft. */
export const versionPath = (id: number, version: number, form: 'pdf' | 'text') =>
  `${pathOf(id)}versions/${version}/${form}/`;

export const attachmentsPath = (id: number) => `${pathOf(id)}attachments/`;

export async function listAttachments(id: number): Promise<readonly Attachment[]> {
  return (await read<{ results: readonly Attachment[] }>(attachmentsPath(id))).results;
}

export async function addAttachment(id: number, file: File): Promise<void> {
  const body = new FormData();
  body.set('file', file);
  await fetchGuarded(attachmentsPath(id), { method: 'POST', body });
}

export async function removeAttachment(id: number, attachment: number): Promise<void> {
  await fetchGuarded(`${attachmentsPath(id)}${attachment}/`, { method: 'DELETE' });
}

export async function listCommunications(id: number): Promise<readonly Communication[]> {
  return (await read<{ results: readonly Communication[] }>(`${pathOf(id)}communications/`)).results;
}

export const addCommunication = (id: number, what: Omit<Communication, 'id' | 'told_by'>) =>
  write<Communication>('POST', `${pathOf(id)}communications/`, what);

export async function listTemplates(): Promise<readonly ReportTemplate[]> {
  return (await read<{ results: readonly ReportTemplate[] }>('/api/report-templates/')).results;
}

/** Saves a template over `version`, or a new one. */
export const saveTemplate = (template: TemplateContent, known: Pick<ReportTemplate, 'id' | 'version'> | null) =>
  known === null
    ? write<ReportTemplate>('POST', '/api/report-templates/', template)
    : write<ReportTemplate>('PUT', `/api/report-templates/${known.id}/`, { ...template, version: known.version });

export async function removeTemplate(id: number): Promise<void> {
  await fetchGuarded(`/api/report-templates/${id}/`, { method: 'DELETE' });
}

export const listStudies = (query: Query, init: RequestInit = {}) =>
  read<Page<StudyRow>>(withQuery('/api/studies/', query), init);

/** The study with this row id or Study Instance UID. */
export async function findStudy(key: string): Promise<StudyRow | undefined> {
  if (/^\d+$/.test(key)) return read<StudyRow>(`/api/studies/${key}/`);
  return (await listStudies({ study_instance_uid: key })).results[0];
}

/** Colleagues who may write reports. */
export async function listReaders(): Promise<readonly Person[]> {
  return (await read<Page<Person>>(withQuery('/api/users/', { permission: 'report.write', page_size: 200 }))).results;
}
