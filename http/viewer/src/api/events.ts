import { useEffect } from 'react';

/** What `/api/events/` sends, by type. */
export interface ServerEvents {
  'instance.stored': {
    study_id: number;
    study_instance_uid: string;
    series_instance_uid: string;
    modality: string;
    number_of_instances: number;
  };
  'study.updated': { study_id: number; study_instance_uid: string; change: string };
  'study.completed': { study_id: number; study_instance_uid: string };
  'study.deleted': { study_id: number; study_instance_uid: string };
  'study.restored': { study_id: number; study_instance_uid: string };
  'job.updated': { id: number; queue: string; state: string; progress: number; study_id?: number };
  'annotation.saved': AnnotationEvent;
  'annotation.deleted': AnnotationEvent;
  /** More was missed than the server keeps: lists must be read anew. */
  resync: Record<string, never>;
}

export interface AnnotationEvent {
  study_id: number;
  study_instance_uid: string;
  annotation: string;
  version: number;
  author: string;
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
  'resync',
] as const satisfies readonly (keyof ServerEvents)[];

const listeners = new Map<keyof ServerEvents, Set<(event: never) => void>>();
let source: EventSource | undefined;
let lost = false;

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
