import type { Macro, ReportTemplate, StudyRow } from '../types';

const shortName = /(?:^|[\s(])(\.[\p{L}\p{N}_-]+)$/u;

function bare(name: string): string {
  return name.replace(/^\.+/, '').toLocaleLowerCase();
}

/** How well a template fits a study; undefined where it is for others. */
function fitOf({ modality, body_part }: ReportTemplate, study: StudyRow): number | undefined {
  const same = (wanted: string, ...found: string[]) => found.some((one) => one.toLowerCase() === wanted.toLowerCase());
  if (modality !== '' && !same(modality, study.modality, ...study.modalities)) return undefined;
  if (body_part !== '' && !same(body_part, study.body_part)) return undefined;
  return (modality === '' ? 0 : 2) + (body_part === '' ? 0 : 1);
}

/** Sorts templates: those that fit the study best, then those for others, each by name. */
export function bestFirst(templates: readonly ReportTemplate[], study: StudyRow): readonly ReportTemplate[] {
  return templates.toSorted(
    (a, b) => (fitOf(b, study) ?? -1) - (fitOf(a, study) ?? -1) || a.name.localeCompare(b.name),
  );
}

/** The macros for a study; of those of one name, that of the template that fits best. */
export function macrosFor(templates: readonly ReportTemplate[], study: StudyRow): readonly Macro[] {
  const found = new Map<string, Macro>();
  for (const template of bestFirst(templates, study))
    if (fitOf(template, study) !== undefined)
      for (const macro of template.macros) if (!found.has(bare(macro.name))) found.set(bare(macro.name), macro);
  return [...found.values()].toSorted((a, b) => bare(a.name).localeCompare(bare(b.name)));
}

/** How a macro is typed. */
export function typedName({ name }: Macro): string {
  return `.${bare(name)}`;
}

/** The macro whose short name (`.normal`), or the only one whose name's beginning, ends at `caret`. */
export function macroBefore(
  text: string,
  caret: number,
  macros: readonly Macro[],
): { start: number; macro: Macro } | undefined {
  const typed = shortName.exec(text.slice(0, caret))?.[1];
  if (typed === undefined) return undefined;
  const name = bare(typed);
  const beginning = macros.filter((macro) => bare(macro.name).startsWith(name));
  const macro = beginning.find((one) => bare(one.name) === name) ?? (beginning.length === 1 ? beginning[0] : undefined);
  return macro && { start: caret - typed.length, macro };
}
