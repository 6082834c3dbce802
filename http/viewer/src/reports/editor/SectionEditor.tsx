import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Menu, MenuItem } from '@/ui/Menu';
import { visibleText } from '@/shell/visibleText';
import type { Heading, Macro } from '../types';
import { withText } from './content';
import { typedName } from './macros';
import { change } from './session';
import { isWritable, useOpen } from './store';
import { pressTab, putMacro } from './tabKey';
import { fieldOf, noteSection } from './writing';
import styles from './Sections.module.css';

interface SectionProps {
  heading: Heading;
  text: string;
  macros: readonly Macro[];
}

/** A section: written in where that is allowed, else shown. */
export function SectionEditor({ heading, text, macros }: SectionProps) {
  const { t } = useTranslation('reports');
  const id = useId();
  const isEditing = useOpen((open) => open.isEditing);
  const writable = useOpen(isWritable);
  if (!isEditing)
    return (
      <section className={styles['section']} aria-labelledby={id}>
        <h3 id={id} className={styles['heading']}>
          {t(`headings.${heading}`)}
        </h3>
        <p className={styles[text.trim() === '' ? 'quiet' : 'shown']} dir="auto">
          {text.trim() === '' ? '–' : visibleText(text)}
        </p>
      </section>
    );
  return (
    <div className={styles['section']}>
      <div className={styles['sectionHead']}>
        <label htmlFor={id}>{t(`headings.${heading}`)}</label>
        {writable && macros.length > 0 && <MacroMenu heading={heading} macros={macros} />}
      </div>
      <textarea
        id={id}
        className={styles['text']}
        data-heading={heading}
        dir="auto"
        rows={Math.max(2, text.split('\n').length)}
        value={text}
        readOnly={!writable}
        spellCheck
        onChange={({ target }) =>
          change((now) => ({ ...now, sections: withText(now.sections, heading, target.value) }))
        }
        onKeyDown={(event) => pressTab(event, heading, macros)}
        onFocus={() => noteSection(heading)}
      />
    </div>
  );
}

function MacroMenu({ heading, macros }: { heading: Heading; macros: readonly Macro[] }) {
  const { t } = useTranslation('reports');
  const insert = (macro: Macro) => {
    const area = fieldOf(heading);
    // The menu gives the focus back first.
    if (area !== null) setTimeout(() => putMacro(area, area.selectionStart, area.selectionEnd, macro));
  };
  return (
    <Menu label={t('macros.insert', { heading: t(`headings.${heading}`) })} icon={<span>{t('macros.open')}</span>}>
      {macros.map((macro) => (
        <MenuItem key={macro.name} textValue={macro.name} onAction={() => insert(macro)}>
          <strong>{typedName(macro)}</strong> {visibleText(macro.text.slice(0, 80))}
        </MenuItem>
      ))}
    </Menu>
  );
}
