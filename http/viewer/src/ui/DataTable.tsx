import type { ReactNode } from 'react';
import styles from './DataTable.module.css';

export interface DataColumn<T> {
  id: string;
  /** Heading; a column of buttons has one for screen readers alone. */
  name: string;
  hideName?: boolean;
  isNumber?: boolean;
  cell: (row: T) => ReactNode;
}

interface DataTableProps<T> {
  label: string;
  columns: readonly DataColumn<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string | number;
  /** Stands in place of rows where there are none. */
  empty: string;
}

/** A plain table of what is read rather than worked with. */
export function DataTable<T>({ label, columns, rows, keyOf, empty }: DataTableProps<T>) {
  if (rows.length === 0) return <p className={styles['empty']}>{empty}</p>;
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <div className={styles['scroller']} tabIndex={0} role="region" aria-label={label}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ id, name, hideName = false, isNumber = false }) => (
              <th key={id} scope="col" data-number={isNumber || undefined}>
                {hideName ? <span className="visually-hidden">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, isNumber = false, cell }) => (
                <td key={id} data-number={isNumber || undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
