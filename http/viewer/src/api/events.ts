import { useEffect } from 'react';

/** What `/api/events/` sends, by type. */
export interface ServerEvents {
  'instance.stored': {
    study_id: number;
    study_instance_uid: string;
    series_instance_uid: string;
    modality: string;
    /** How many have come into the series. */
    number_of_instances: number;
    /** How many the study has now. */
    study_number_of_instances?: number;
  };
  'study.updated': { study_id: number; study_instance_uid: string; change: string };
  'study.completed': { study_id: number; study_instance_uid: string };
  'study.deleted': { study_id: number; study_instance_uid: string };
  'study.restored': { study_id: number; study_instance_uid: string };
  'job.updated': { id: number; queue: string; state: string; progress: number; study_id?: number };
  'annotation.saved': AnnotationEvent;
  'annotation.deleted': AnnotationEvent;
  'analysis.done': {
    study_id: number;
    study_instance_uid: string;
    analysis: number;
    analyser: string;
    urgent: boolean;
  };
  'alert.raised': AlertEvent;
  'alert.escalated': AlertEvent;
  'alert.acknowledged': AlertEvent;
  'report.updated': ReportEvent & {
    revision: number;
    /** Who edits it now: a user's id, alone or with the name. */
    editor: unknown;
  };
  'report.signed': ReportEvent;
  /** Something may have been missed (as before the stream was there): lists must be read anew. */
  resync: Record<string, never>;
}

export interface AnnotationEvent {
  study_id: number;
  study_instance_uid: string;
  annotation: string;
  version: number;
  author: string;
}

export interface AlertEvent {
  study_id: number;
  study_instance_uid: string;
  alert: number;
  level: 'urgent' | 'critical';
  reason: string;
}

export interface ReportEvent {
  study_id: number;
  study_instance_uid: string;
  report: number;
  status: string;
  /** Of the newest signed version; 0: none. */
  version: number;
}

export type EventListener<T extends keyof ServerEvents> = (event: ServerEvents[T]) => void;

const names = [
  'instance.stored',
  'study.updated',
  'study.completed',
  'study.deleted',
  'study.restored',
  'job.updated',
  'annotation.saved',
  'annotation.deleted',
  'analysis.done',
  'alert.raised',
  'alert.escalated',
  'alert.acknowledged',
  'report.updated',
  'report.signed',
  'resync',
] as const satisfies readonly (keyof ServerEvents)[];

const listeners = new Map<keyof ServerEvents, Set<(event: never) => void>>();
let source: EventSource | undefined;
// What happened between a page's first answers and the beginning of its stream was missed as well.
let lost = true;

function dispatch(name: keyof ServerEvents, data: unknown): void {
  for (const listen of listeners.get(name) ?? []) listen(data as never);
}

function open(): EventSource {
  const stream = new EventSource('/api/events/');
  for (const name of names)
    stream.addEventListener(name, (message: MessageEvent<string>) => dispatch(name, JSON.parse(message.data)));
  stream.onopen = () => {
    if (lost) dispatch('resync', {});
    lost = false;
  };
  // The browser resumes by itself after a lost connection, but not after an answer that refuses the stream.
  stream.onerror = () => {
    lost ||= stream.readyState === EventSource.CLOSED;
    if (stream.readyState !== EventSource.CLOSED) return;
    source = undefined;
    setTimeout(() => (source ??= listeners.size > 0 ? open() : undefined), 3000);
  };
  return stream;
}

/** Calls `listen` with each event of this type until the returned function is called. One stream serves a page. */
export function onEvent<T extends keyof ServerEvents>(name: T, listen: EventListener<T>): () => void {
  const all = listeners.get(name) ?? new Set();
  listeners.set(name, all.add(listen));
  source ??= open();
  return () => {
    all.delete(listen);
  };
}

/** `onEvent` for the life of a component; `listen` should be stable. */
export function useServerEvent<T extends keyof ServerEvents>(name: T, listen: EventListener<T>): void {
  useEffect(() => onEvent(name, listen), [name, listen]);
}
