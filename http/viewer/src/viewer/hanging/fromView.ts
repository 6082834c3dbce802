import { findSeries, findStudyOf, type ViewerState } from '../state';
import { anySeries, type HangingProtocol, type PaneRule } from './protocol';

function ruleOf(content: ViewerState['panes'][number]['content'], { studies }: ViewerState): PaneRule {
  const series = 'series' in content ? findSeries(studies, content.series) : undefined;
  const study = series && findStudyOf(studies, series.uid);
  if (series === undefined || study === undefined) return anySeries;
  return {
    ...anySeries,
    from: study === studies[0] ? 'current' : 'prior',
    description: series.description,
    modality: series.modality,
  };
}

/** Returns a protocol that shows studies of this kind as they are shown now. */
export function protocolFromView(state: ViewerState, id: string, name: string): HangingProtocol {
  const series = state.studies[0]?.series ?? [];
  const bodyPart = series.find((one) => one.bodyPart !== '')?.bodyPart;
  return {
    id,
    name,
    modalities: [...new Set(series.filter(({ kind }) => kind === 'images').map(({ modality }) => modality))],
    bodyParts: bodyPart === undefined ? [] : [bodyPart],
    needsPrior: state.studies.length > 1,
    layout: state.layout,
    panes: state.panes.map(({ content }) => ruleOf(content, state)),
    links: state.links,
  };
}
