import type { Page, StudyRow } from '../types';
import { background, listStudies } from '../requests';

const looked = 200;
const alertRanks = { escalated: 0, open: 1, acknowledged: 3 } as const;
const priorityRanks = { stat: 2, urgent: 4, routine: 5, elective: 6 } as const;

/** How urgent a study is: 0 most of all. */
function rankOf({ alert, priority }: StudyRow): number {
  const byAlert = alert == null ? Infinity : alertRanks[alert];
  return Math.min(byAlert, priorityRanks[priority]);
}

/** Returns studies in the order in which to read them: the urgent first, then those that have waited longest. */
export function byUrgency(studies: readonly StudyRow[]): readonly StudyRow[] {
  return studies.toSorted((a, b) => rankOf(a) - rankOf(b) || a.upload_date.localeCompare(b.upload_date));
}

/** The complete studies without a report that nobody else is to read; there may be more than are looked at. */
export async function readWaiting(signal?: AbortSignal): Promise<Page<StudyRow>> {
  const query = {
    status: 'completed',
    report_status: 'none',
    assigned_to: ['me', 'none'],
    ordering: '-priority',
    page_size: looked,
  };
  return listStudies(query, { headers: background, ...(signal && { signal }) });
}
