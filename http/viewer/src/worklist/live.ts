import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { onEvent, type ServerEvents } from '@/api/events';
import type { Page } from '@/api/page';
import { Coalescer } from './coalesce';
import type { Study, StudyQuery } from './filters';
import { arrivals, refreshed } from './merge';
import { fetchStudies, fetchStudy, putStudy, studiesKey } from './studies';

const pause = 400;
const quietAfter = 1500;
/** Of so many new studies at once each is looked for in the list; more are only counted in by the next reload. */
const lookedFor = 20;

/** Whether the user is at work where rows would move: pointer or keys in the list of late, or an open menu or dialog. */
function isBusy(list: HTMLElement | null, touched: number): boolean {
  if (Date.now() - touched < quietAfter) return true;
  return (list?.scrollTop ?? 0) > 4 || document.querySelector('[role="menu"], [role="dialog"]') !== null;
}

/** Follows one page of the list, until `stop`. */
class Follower {
  private readonly coalescer = new Coalescer(pause);
  private readonly unknown = new Set<string>();
  private readonly announced = new Set<number>();
  private held: ReturnType<typeof setInterval> | undefined;
  private stopped = false;

  constructor(
    private readonly query: StudyQuery,
    private readonly shown: () => Page<Study> | undefined,
    private readonly show: (page: Page<Study>) => void,
    private readonly showRow: (study: Study) => void,
    private readonly isBusy: () => boolean,
    private readonly announce: (count: number) => void,
  ) {}

  stop(): void {
    this.stopped = true;
    clearInterval(this.held);
  }

  /** A study has grown: its row says so at once. */
  stored(event: ServerEvents['instance.stored']): void {
    const row = this.shown()?.results.find(({ id }) => id === event.study_id);
    const images = event.study_number_of_instances;
    if (row !== undefined && images !== undefined) this.showRow({ ...row, number_of_instances: images });
    this.changed(event);
  }

  /** A study has changed: its row is read anew, or where it has none, the page. */
  changed({ study_id, study_instance_uid }: { study_id: number; study_instance_uid: string }): void {
    if (this.shown()?.results.some(({ id }) => id === study_id) === true) {
      this.coalescer.run(String(study_id), () => void this.readRow(study_id));
      return;
    }
    if (!this.announced.has(study_id)) this.unknown.add(study_instance_uid);
    this.reload();
  }

  /** A study's report has changed: its row is read anew, where it has one. */
  known({ study_id }: { study_id: number }): void {
    if (this.shown()?.results.some(({ id }) => id === study_id) !== true) return;
    this.coalescer.run(String(study_id), () => void this.readRow(study_id));
  }

  reload = (): void => this.coalescer.run('page', () => void this.read());

  private async readRow(id: number): Promise<void> {
    const study = await fetchStudy(id).catch(() => undefined);
    if (study !== undefined) this.showRow(study);
  }

  private async read(): Promise<void> {
    const sought = [...this.unknown].slice(0, lookedFor);
    this.unknown.clear();
    const [shown, fresh] = [this.shown(), await fetchStudies(this.query).catch(() => undefined)];
    if (this.stopped || shown === undefined || fresh === undefined) return;
    if (this.query.page === 1 && !this.isBusy()) {
      this.show(fresh);
      for (const { id } of fresh.results) this.announced.delete(id);
    } else {
      this.show(refreshed(shown, fresh));
      for (const { id } of this.query.page === 1 ? arrivals(shown, fresh) : []) this.announced.add(id);
      if (this.query.page === 1) this.held ??= setInterval(() => this.release(), 500);
    }
    await this.seek(sought, fresh);
    this.announce(this.announced.size);
  }

  /** Announces those of the new studies that the filters choose but the order puts on another page. */
  private async seek(uids: readonly string[], fresh: Page<Study>): Promise<void> {
    const elsewhere = uids.filter((uid) => !fresh.results.some((study) => study.study_instance_uid === uid));
    const found = await Promise.all(
      elsewhere.map((uid) => fetchStudies({ ...this.query, page: 1, study_instance_uid: uid }).catch(() => undefined)),
    );
    for (const { id } of found.flatMap((page) => page?.results ?? [])) this.announced.add(id);
  }

  private release(): void {
    if (this.isBusy()) return;
    clearInterval(this.held);
    this.held = undefined;
    this.reload();
  }
}

/**
 * Keeps the shown page true to what happens at the server. Rows change in place at once; they come, go and move only
 * while the user is not at work among them. Returns how many new studies wait to be shown.
 */
export function useLiveStudies(query: StudyQuery, list: { readonly current: HTMLElement | null }): number {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState(0);
  const touched = useRef(0);
  const text = JSON.stringify(query);
  const key = useMemo(() => studiesKey(JSON.parse(text) as StudyQuery), [text]);

  useEffect(() => {
    const touch = (event: Event) => {
      if (event.target instanceof Node && list.current?.contains(event.target)) touched.current = Date.now();
    };
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;
    for (const kind of kinds) addEventListener(kind, touch, { passive: true });
    return () => kinds.forEach((kind) => removeEventListener(kind, touch));
  }, [list]);

  useEffect(() => {
    const follower = new Follower(
      key[1],
      () => client.getQueryData(key),
      (page) => client.setQueryData(key, page),
      (study) => putStudy(client, study),
      () => isBusy(list.current, touched.current),
      setWaiting,
    );
    const stops = [
      onEvent('instance.stored', (event) => follower.stored(event)),
      onEvent('study.updated', (event) => follower.changed(event)),
      onEvent('study.completed', (event) => follower.changed(event)),
      onEvent('study.restored', (event) => follower.changed(event)),
      onEvent('analysis.done', (event) => follower.changed(event)),
      onEvent('alert.raised', (event) => follower.changed(event)),
      onEvent('alert.escalated', (event) => follower.changed(event)),
      onEvent('alert.acknowledged', (event) => follower.changed(event)),
      onEvent('report.updated', (event) => follower.known(event)),
      onEvent('report.signed', (event) => follower.known(event)),
      onEvent('study.deleted', follower.reload),
      onEvent('resync', follower.reload),
    ];
    return () => {
      follower.stop();
      stops.forEach((stop) => stop());
      setWaiting(0);
    };
  }, [client, key, list]);

  return waiting;
}
