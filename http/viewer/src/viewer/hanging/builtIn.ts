import { anySeries, type HangingProtocol, type PaneRule } from './protocol';

const rule = (change: Partial<PaneRule>): PaneRule => ({ ...anySeries, ...change });
const next: readonly PaneRule[] = [anySeries, anySeries, anySeries, anySeries];
const together = { scroll: true, view: true, window: false };

function protocol(id: string, rest: Partial<HangingProtocol>): HangingProtocol {
  return {
    id,
    name: id,
    modalities: [],
    bodyParts: [],
    needsPrior: false,
    layout: { rows: 1, columns: 1 },
    panes: [anySeries],
    links: {},
    ...rest,
  };
}

/** Windows of the same series beside each other. */
function twice(modality: string, first: string, second: string): readonly PaneRule[] {
  return [rule({ modality, window: first }), rule({ modality, window: second, place: -1 })];
}

/** Protocols that come with the viewer; the first that fits is taken, a user's own before these. */
export const builtIn: readonly HangingProtocol[] = [
  protocol('comparison', {
    needsPrior: true,
    layout: { rows: 1, columns: 2 },
    panes: [anySeries, rule({ from: 'prior' })],
    links: together,
  }),
  protocol('mammography', { modalities: ['MG'], layout: { rows: 2, columns: 2 }, panes: next }),
  protocol('ct-head', { modalities: ['CT'], bodyParts: ['HEAD', 'BRAIN', 'SKULL'], panes: [rule({ modality: 'CT' })] }),
  protocol('ct-chest', {
    modalities: ['CT'],
    bodyParts: ['CHEST', 'THORAX', 'LUNG'],
    layout: { rows: 1, columns: 2 },
    panes: twice('CT', 'mediastinum', 'lung'),
    links: { scroll: true, view: true },
  }),
  protocol('ct-abdomen', {
    modalities: ['CT'],
    bodyParts: ['ABDOMEN', 'PELVIS', 'LIVER'],
    panes: [rule({ modality: 'CT', window: 'abdomen' })],
  }),
  protocol('pet', {
    modalities: ['PT'],
    layout: { rows: 1, columns: 2 },
    panes: [rule({ modality: 'CT' }), rule({ modality: 'PT' })],
    links: { scroll: true },
  }),
  protocol('mr', { modalities: ['MR'], layout: { rows: 2, columns: 2 }, panes: next }),
  protocol('radiography', { modalities: ['CR', 'DX', 'RG'], layout: { rows: 1, columns: 2 }, panes: next.slice(0, 2) }),
  protocol('any', {}),
];
