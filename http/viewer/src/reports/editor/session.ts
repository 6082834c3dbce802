import i18next from 'i18next';
import { onEvent, type ServerEvents } from '@/api/events';
import { isRecord } from '@/api/isRecord';
import { Problem } from '@/api/problem';
import { may, useSession } from '@/api/session';
import { notify } from '@/shell/notices';
import { createAutosave, type Autosave } from './autosave';
import { isSame, sendable } from './content';
import { keptDraft } from './kept';
import { isWritable, update, useEditor } from './store';
import * as requests from '../requests';
import type { Report, ReportContent, SignedStatus, StudyRow } from '../types';

interface Session {
  id: number;
  autosave: Autosave | null;
  kept: ReturnType<typeof keptDraft>;
  stops: (() => void)[];
}

const prolongEvery = 60_000;
let session: Session | null = null;

function me(): number {
  return useSession.getState().session?.user.id ?? 0;
}

/** Whether somebody else edits the report. */
export function isOthers({ editor }: Report): boolean {
  return editor !== null && editor.id !== me();
}

/** The report in a problem that says that somebody else has changed or edits it. */
function currentOf(error: unknown): Report | undefined {
  if (!(error instanceof Problem) || error.status !== 409) return undefined;
  const { current } = error.body;
  return isRecord(current) && isRecord(current['content']) ? (current as unknown as Report) : undefined;
}

function startSaving(revision: number): void {
  if (session === null) return;
  const { id, kept } = session;
  session.autosave?.stop();
  session.autosave = createAutosave({
    revision,
    kept,
    put: (from, content) => requests.saveDraft(id, from, sendable(content)),
    listener: {
      state: (save, problem) => {
        update(() => ({ save, problem: problem?.message ?? null }));
        if (save === 'conflict') void meetConflict(problem);
      },
      saved: (report) => update(() => ({ report })),
    },
  });
}

async function meetConflict(problem: Problem | undefined): Promise<void> {
  const theirs = currentOf(problem) ?? (await readNow());
  if (theirs !== undefined) update(() => ({ theirs }));
}

async function readNow(): Promise<Report | undefined> {
  if (session === null) return undefined;
  return requests.readReport(session.id, { headers: requests.background }).catch(() => undefined);
}

/** Shows the report as it is, to be read. */
function read(report: Report): void {
  session?.autosave?.stop();
  if (session !== null) session.autosave = null;
  update(() => ({ report, content: report.content, isEditing: false, save: 'saved', problem: null, theirs: null }));
}

/** Shows the report to be written on; what this browser kept of it is offered first. */
function edit(report: Report): void {
  if (session === null) return;
  startSaving(report.revision);
  let kept = session.kept.read() ?? null;
  if (kept !== null && isSame(kept.content, report.content)) {
    session.kept.forget();
    kept = null;
  }
  const plain = { save: 'saved', problem: null, theirs: null } as const;
  update(() => ({ report, content: report.content, isEditing: true, kept, ...plain }));
}

/** Begins to edit. Throws `Problem`; where somebody else edits, that is shown. */
export async function claim(takeOver: boolean): Promise<void> {
  if (session === null) return;
  try {
    edit(await requests.claimReport(session.id, takeOver));
  } catch (error) {
    const current = currentOf(error);
    if (current === undefined) throw error;
    read(current);
  }
}

/** Begins an amendment of a final report. Throws `Problem`. */
export async function amend(): Promise<void> {
  if (session !== null) edit(await requests.amendReport(session.id));
}

/** Somebody else edits now, or the report was signed elsewhere. */
function lose(current: Report): void {
  if (session?.autosave?.waiting() != null) {
    session.autosave.stop();
    update(() => ({ theirs: current, isEditing: false }));
    return;
  }
  read(current);
  const name = current.editor?.name ?? current.signature?.signed_by ?? '';
  notify({ kind: 'info', text: i18next.t(isOthers(current) ? 'taken' : 'signedElsewhere', { name }) });
}

async function prolong(): Promise<void> {
  if (session === null || useEditor.getState().open?.isEditing !== true) return;
  try {
    await requests.claimReport(session.id, false, { headers: requests.background });
  } catch (error) {
    const current = currentOf(error);
    if (current !== undefined && isOthers(current)) lose(current);
  }
}

async function follow(event: ServerEvents['report.updated'] | ServerEvents['report.signed']): Promise<void> {
  const { open } = useEditor.getState();
  if (session === null || open === null || event.report !== session.id || open.theirs !== null) return;
  const report = await readNow();
  const now = useEditor.getState().open;
  if (report === undefined || now === null) return;
  if (!now.isEditing) read(report);
  else if (isOthers(report) || (report.status !== 'draft' && !report.editing && report.version > now.report.version))
    lose(report);
}

/** Whether what an event tells is only what was done here. */
function isOwn(event: ServerEvents['report.updated']): boolean {
  const editor = isRecord(event.editor) ? event.editor['id'] : event.editor;
  return editor === me() && useEditor.getState().open?.isEditing === true;
}

/** Has the server keep what waits, or lets others edit; also while the page goes away. */
function leave(): void {
  const { open } = useEditor.getState();
  if (session === null || open?.isEditing !== true) return;
  const waiting = session.autosave?.waiting() ?? null;
  const quietly = { keepalive: true, headers: requests.background };
  const sent =
    waiting !== null && open.theirs === null
      ? requests.saveDraft(session.id, session.autosave?.revision() ?? 0, sendable(waiting), quietly)
      : requests.releaseReport(session.id, quietly);
  sent.catch(() => undefined);
}

function listen(): (() => void)[] {
  const flush = () => void session?.autosave?.flush();
  const guard = (event: BeforeUnloadEvent) => {
    if (session?.autosave?.waiting() != null && useEditor.getState().open?.isDurable === false) event.preventDefault();
  };
  const comeBack = (event: PageTransitionEvent) => {
    if (event.persisted) location.reload();
  };
  const timer = setInterval(() => void prolong(), prolongEvery);
  addEventListener('online', flush);
  addEventListener('beforeunload', guard);
  addEventListener('pagehide', leave);
  addEventListener('pageshow', comeBack);
  return [
    () => clearInterval(timer),
    () => removeEventListener('online', flush),
    () => removeEventListener('beforeunload', guard),
    () => removeEventListener('pagehide', leave),
    () => removeEventListener('pageshow', comeBack),
    onEvent('report.updated', (event) => {
      if (!isOwn(event)) void follow(event);
    }),
    onEvent('report.signed', (event) => void follow(event)),
  ];
}

/** The report of a study: for who writes reports made where there is none, else null. Throws `Problem`. */
async function findReport(study: StudyRow): Promise<Report | null> {
  if (may('report.write')) return requests.openReport(study.id);
  const [found] = (await requests.listReports({ study: study.id })).results;
  return found === undefined ? null : requests.readReport(found.id);
}

/**
 * Opens the report of a study, to be written on where that makes sense. Resolves to whether there is one. Throws `Problem`.
 * `signal`: the user has gone elsewhere.
 */
export async function openEditor(study: StudyRow, signal: AbortSignal): Promise<boolean> {
  const report = await findReport(study);
  if (report === null || signal.aborted) return report !== null;
  session = { id: report.id, autosave: null, kept: keptDraft(localStorage, me(), report.id), stops: listen() };
  useEditor.setState({
    open: {
      ...{ report, content: report.content, isEditing: false, save: 'saved', problem: null },
      ...{ isDurable: true, theirs: null, kept: null },
    },
  });
  const isDraft = report.status === 'draft' || report.editing;
  if (may('report.write') && isDraft && !isOthers(report)) await claim(false);
  return true;
}

export function closeEditor(): void {
  if (session === null) return;
  leave();
  session.autosave?.stop();
  for (const stop of session.stops) stop();
  session = null;
  useEditor.setState({ open: null });
}

/** Changes what is written; it is saved by itself. */
export function change(make: (content: ReportContent) => ReportContent): void {
  const { open } = useEditor.getState();
  if (session?.autosave == null || open === null || !isWritable(open)) return;
  const content = make(open.content);
  if (content === open.content) return;
  update(() => ({ content }));
  const isDurable = session.autosave.change(content);
  update(() => ({ isDurable }));
}

/** Saves now; resolves to whether the server has all. */
export function flush(): Promise<boolean> {
  return session?.autosave?.flush() ?? Promise.resolve(true);
}

/** Takes what this browser kept, or forgets it. */
export function decideKept(what: 'restore' | 'forget'): void {
  const kept = useEditor.getState().open?.kept;
  if (kept == null || session === null) return;
  update(() => ({ kept: null }));
  if (what === 'restore') change(() => kept.content);
  else session.kept.forget();
}

/** Decides a conflict. `mine`: takes the report over and saves what stands here. Throws `Problem`. */
export async function decideConflict(what: 'mine' | 'theirs'): Promise<void> {
  const theirs = useEditor.getState().open?.theirs;
  if (theirs == null || session?.autosave == null) return;
  if (what === 'mine') {
    const report = await requests.claimReport(session.id, true);
    update(() => ({ report, theirs: null, isEditing: true }));
    session.autosave.goOn(report.revision, 'keep');
    return;
  }
  session.autosave.goOn(theirs.revision, 'drop');
  if (isOthers(theirs) || (theirs.status !== 'draft' && !theirs.editing)) read(theirs);
  else edit(theirs);
}

/** Signs what stands there. Throws `Problem`. */
export async function sign(status: SignedStatus, password: string): Promise<void> {
  if (session === null) return;
  if (!(await flush())) throw new Problem(0, i18next.t('sign.unsaved'));
  const revision = session.autosave?.revision() ?? useEditor.getState().open?.report.revision ?? 0;
  try {
    read(await requests.signReport(session.id, revision, status, password));
  } catch (error) {
    const current = currentOf(error);
    if (current !== undefined && (isOthers(current) || current.revision !== revision)) lose(current);
    throw error;
  }
}
