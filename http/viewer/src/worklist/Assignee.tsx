import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { api, dataOf } from '@/api/client';
import type { Page } from '@/api/page';
import type { components } from '@/api/schema';
import { may } from '@/api/session';
import { visibleText } from '@/shell/visibleText';
import menus from '@/ui/Menu.module.css';
import type { Study } from './filters';
import { useAssign } from './studies';
import styles from './ChoiceCell.module.css';

type Person = components['schemas']['person'];

const nobody = 'nobody';

/** Colleagues of a facility who write reports; read when somebody asks for them. */
function useReaders(facility: number, isWanted: boolean) {
  return useQuery({
    queryKey: ['readers', facility],
    queryFn: async ({ signal }) => {
      const query = { permission: 'report.write', facility, page_size: 200 };
      return ((await dataOf(api.GET('/api/users/', { params: { query }, signal }))) as Page<Person>).results;
    },
    enabled: isWanted,
    staleTime: 60_000,
  });
}

/** Who is to read a study; chosen in place by those who may. */
export function Assignee({ study }: { study: Study }) {
  const { t } = useTranslation('worklist');
  const assign = useAssign();
  const [isOpen, setOpen] = useState(false);
  const { data: readers = [] } = useReaders(study.facility.id, isOpen);
  const { assigned_to } = study;
  const name = assigned_to === null ? t('assigned.nobody') : visibleText(assigned_to.name);
  if (!may('study.assign')) return assigned_to === null ? null : <bdi>{name}</bdi>;
  const people = readers.map(({ id, username, full_name }) => ({ id, name: full_name || username }));
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className={styles['choice'] ?? ''} aria-label={`${t('columns.assigned')}: ${name}`}>
        <bdi>{assigned_to === null ? '–' : name}</bdi>
        <ChevronDown aria-hidden />
      </Button>
      <Popover className={menus['popover'] ?? ''}>
        <Menu
          className={menus['menu'] ?? ''}
          aria-label={t('columns.assigned')}
          selectionMode="single"
          selectedKeys={[assigned_to === null ? nobody : String(assigned_to.id)]}
          onAction={(key) => assign({ study, reader: people.find(({ id }) => String(id) === key) ?? null })}
        >
          {[{ id: nobody, name: t('assigned.nobody') }, ...people].map((person) => (
            <MenuItem key={person.id} id={String(person.id)} className={menus['item'] ?? ''}>
              {visibleText(person.name)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
