import type { PaneContent } from '../state';
import type { Series, Study } from '../study/model';
import type { HangingProtocol, PaneRule } from './protocol';

const isShown = ({ kind }: Series): boolean => kind === 'images';

function mentions(texts: readonly string[], part: string): boolean {
  return texts.some((text) => text.toUpperCase().includes(part.toUpperCase()));
}

/** Whether a protocol is for this study. */
export function fits(protocol: HangingProtocol, study: Study, hasPrior: boolean): boolean {
  if (protocol.needsPrior !== hasPrior) return false;
  const { modalities, bodyParts } = protocol;
  if (modalities.length > 0 && !study.series.some(({ modality }) => modalities.includes(modality))) return false;
  const texts = [study.description, ...study.series.flatMap(({ bodyPart, description }) => [bodyPart, description])];
  return bodyParts.length === 0 || bodyParts.some((part) => mentions(texts, part));
}

/** Returns the first protocol for this study; the last of the list, which fits all, where none does. */
export function chooseProtocol(
  protocols: readonly HangingProtocol[],
  study: Study,
  hasPrior: boolean,
): HangingProtocol | undefined {
  return protocols.find((one) => fits(one, study, hasPrior)) ?? protocols.at(-1);
}

/** What a pane shows by its rule, and with which window. */
export interface Hung {
  content: PaneContent;
  window: string;
}

function contentOf({ uid, kind }: Series): PaneContent {
  return kind === 'document' ? { kind: 'document', series: uid } : { kind: 'stack', series: uid };
}

/** Modalities whose studies begin with localisers and end with summaries of few images. */
const sectional = new Set(['CT', 'MR', 'PT']);

/** Puts series of cross sections with far fewer images than the largest behind the others. */
function fullFirst(series: readonly Series[]): Series[] {
  const most = Math.max(...series.map(({ count }) => count));
  const isFew = ({ modality, count }: Series) => sectional.has(modality) && count * 5 < most;
  return [...series.filter((one) => !isFew(one)), ...series.filter(isFew)];
}

/** Returns the series that a rule means; a place before the first means the one of the pane before, once more. */
function select(rule: PaneRule, studies: readonly Study[], used: readonly Series[]): Series | undefined {
  const study = rule.from === 'current' ? studies[0] : studies[1];
  const fitting = fullFirst(study?.series ?? []).filter(
    (series) =>
      isShown(series) &&
      (rule.modality === '' || series.modality === rule.modality) &&
      (rule.description === '' || mentions([series.description], rule.description)),
  );
  if (rule.place < 0) return used.findLast((series) => fitting.includes(series));
  return fitting.filter((series) => !used.includes(series))[rule.place];
}

/** Returns what the panes of a protocol show for these studies, row by row. */
export function arrange(protocol: HangingProtocol, studies: readonly Study[]): Hung[] {
  const used: Series[] = [];
  return protocol.panes.map((rule) => {
    const series = select(rule, studies, used);
    if (series === undefined) return { content: { kind: 'empty' }, window: '' };
    used.push(series);
    return { content: contentOf(series), window: rule.window };
  });
}

/** Returns a smaller grid where a protocol has more panes than there are series for it. */
export function fitLayout({ layout }: HangingProtocol, hung: readonly Hung[]): HangingProtocol['layout'] {
  const filled = hung.filter(({ content }) => content.kind !== 'empty').length;
  if (filled <= 1) return { rows: 1, columns: 1 };
  const columns = Math.min(layout.columns, filled);
  return { rows: Math.min(layout.rows, Math.ceil(filled / columns)), columns };
}
