import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ArrowDown, ArrowUp } from 'lucide-react';
import {
  Cell,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  type Selection,
  type SortDescriptor,
} from 'react-aria-components';
import { nameInLine } from '@/shell/personName';
import { SelectionBox } from '@/ui/SelectionBox';
import type { ColumnId } from './columnIds';
import { columns } from './columns';
import type { Ordering, Study } from './filters';
import { Marks } from './Marks';
import styles from './StudyTable.module.css';

interface StudyTableProps {
  studies: readonly Study[];
  shown: readonly ColumnId[];
  ordering: Ordering;
  onOrder: (ordering: Ordering) => void;
  selected: Selection;
  onSelect: (selected: Selection) => void;
  onOpen: (id: number) => void;
  empty: ReactNode;
}

function sortDescriptor(shown: readonly ColumnId[], ordering: Ordering): SortDescriptor {
  const field = ordering.replace('-', '');
  const column = shown.find((id) => columns[id].sort === field) ?? '';
  return { column, direction: ordering.startsWith('-') ? 'descending' : 'ascending' };
}

/** Dates begin with the newest, names with A; a second press turns the order. */
function nextOrdering(id: ColumnId, ordering: Ordering): Ordering {
  const field = columns[id].sort ?? 'study_date';
  if (ordering.replace('-', '') === field) return ordering.startsWith('-') ? field : `-${field}`;
  return field === 'patient_name' || field === 'modality' ? field : `-${field}`;
}

/** The studies of a page as a table. Arrows move, Space selects, Enter and a double click open. */
export function StudyTable(props: StudyTableProps) {
  const { t } = useTranslation('worklist');
  const { studies, shown, ordering, onOrder, selected, onSelect, onOpen, empty } = props;
  const order = sortDescriptor(shown, ordering);
  const header = shown.includes('patient') ? 'patient' : shown[0];
  return (
    <Table
      className={styles['table'] ?? ''}
      aria-label={t('title')}
      selectionMode="multiple"
      selectionBehavior="replace"
      selectedKeys={selected}
      onSelectionChange={onSelect}
      sortDescriptor={order}
      onSortChange={({ column }) => onOrder(nextOrdering(column as ColumnId, ordering))}
      onRowAction={(key) => onOpen(Number(key))}
    >
      <TableHeader className={styles['head'] ?? ''}>
        <Column id="selection" className={styles['box'] ?? ''}>
          <SelectionBox label={t('selectAll')} />
        </Column>
        {shown.map((id) => (
          <Column
            key={id}
            id={id}
            isRowHeader={id === header}
            allowsSorting={columns[id].sort !== undefined}
            className={styles[columns[id].isNumber ? 'number' : 'column'] ?? ''}
          >
            <span className={styles['heading']}>
              {t(`columns.${id}`)}
              {order.column === id && (order.direction === 'ascending' ? <ArrowUp /> : <ArrowDown />)}
            </span>
          </Column>
        ))}
      </TableHeader>
      <TableBody items={studies} dependencies={[shown, t]} renderEmptyState={() => empty}>
        {(study) => (
          <Row
            className={styles['row'] ?? ''}
            textValue={nameInLine(study.patient.patient_name) || t('unnamed')}
            data-alert={study.alert ?? undefined}
          >
            <Cell className={styles['box'] ?? ''}>
              <SelectionBox label={t('selectStudy')} />
            </Cell>
            {shown.map((id) => (
              <Cell key={id} className={styles[columns[id].isNumber ? 'number' : 'cell'] ?? ''}>
                {id === header ? (
                  <span className={styles['named']}>
                    {columns[id].cell(study)}
                    <Marks study={study} showsPriority={shown.includes('priority')} />
                  </span>
                ) : (
                  columns[id].cell(study)
                )}
              </Cell>
            ))}
          </Row>
        )}
      </TableBody>
    </Table>
  );
}
