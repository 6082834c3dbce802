import { LayoutTemplate } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { visibleText } from '@/shell/visibleText';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Menu, MenuItem } from '@/ui/Menu';
import { headings, type ReportTemplate } from '../types';
import { isBlank, textOf, withTemplate } from './content';
import { fieldsOf } from './fields';
import { bestFirst } from './macros';
import { useTemplates } from './Sections';
import { change } from './session';
import { useEditor, useOpen } from './store';
import { fieldOf, select } from './writing';

/** Selects the first field of the report. */
function goToFirstField(): void {
  for (const heading of headings) {
    const area = fieldOf(heading);
    const [field] = area === null ? [] : fieldsOf(area.value);
    if (area === null || field === undefined) continue;
    select(area, field.start, field.end);
    return;
  }
}

/** Fills the report from a template; asks first where something is written already. */
export function TemplateMenu() {
  const { t } = useTranslation('reports');
  const study = useOpen((open) => open.report.study);
  const { data: templates = [] } = useTemplates();
  const [chosen, setChosen] = useState<ReportTemplate | null>(null);
  const apply = (template: ReportTemplate, where: 'all' | 'empty') => {
    change((content) => withTemplate(content, template, where));
    setChosen(null);
    // Dialog and menu give the focus back first.
    setTimeout(goToFirstField, 50);
  };
  const choose = (template: ReportTemplate) => {
    const content = useEditor.getState().open?.content;
    const isUntouched =
      content !== undefined &&
      templates.some((one) => headings.every((heading) => textOf(one, heading) === textOf(content, heading)));
    if (content === undefined || isBlank(content) || isUntouched) apply(template, 'all');
    else setChosen(template);
  };
  if (templates.length === 0) return null;
  return (
    <>
      <Menu label={t('template.choose')} picture={<LayoutTemplate aria-hidden />}>
        {bestFirst(templates, study).map((template) => (
          <MenuItem key={template.id} onAction={() => choose(template)}>
            {visibleText(template.name)}
          </MenuItem>
        ))}
      </Menu>
      <Dialog
        title={t('template.title', { name: chosen?.name ?? '' })}
        isOpen={chosen !== null}
        onClose={() => setChosen(null)}
        actions={
          chosen !== null && (
            <>
              <Button onPress={() => setChosen(null)}>{t('shell:cancel')}</Button>
              <Button kind="danger" onPress={() => apply(chosen, 'all')}>
                {t('template.all')}
              </Button>
              <Button kind="primary" onPress={() => apply(chosen, 'empty')}>
                {t('template.empty')}
              </Button>
            </>
          )
        }
      >
        <p>{t('template.text')}</p>
      </Dialog>
    </>
  );
}
