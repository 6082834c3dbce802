import type { ReactNode } from 'react';
import {
  Button,
  CheckboxButton,
  CheckboxField,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField as AriaSearchField,
  Select as AriaSelect,
  SelectValue,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from 'react-aria-components';
import { Check, ChevronDown, X } from 'lucide-react';
import menus from './Menu.module.css';
import styles from './Field.module.css';

interface Labelled {
  label: string;
  /** The label is for screen readers alone. */
  hideLabel?: boolean;
}

function FieldLabel({ label, hideLabel = false }: Labelled) {
  return <Label className={hideLabel ? 'visually-hidden' : (styles['label'] ?? '')}>{label}</Label>;
}

interface TextProps extends Labelled, Omit<TextFieldProps, 'className' | 'children'> {
  error?: string | undefined;
  placeholder?: string;
  /** Several lines. */
  lines?: number;
}

/** A line of text, or several. */
export function TextField({ label, hideLabel = false, error, placeholder, lines, ...rest }: TextProps) {
  const common = { className: styles['input'] ?? '', ...(placeholder !== undefined && { placeholder }) };
  return (
    <AriaTextField {...rest} className={styles['field'] ?? ''} isInvalid={error !== undefined}>
      <FieldLabel label={label} hideLabel={hideLabel} />
      {lines === undefined ? <Input {...common} /> : <TextArea {...common} rows={lines} />}
      <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
    </AriaTextField>
  );
}

interface SearchProps extends Labelled {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
}

/** A text to look for; Escape empties it. */
export function SearchField({ label, value, onChange, placeholder }: SearchProps) {
  return (
    <AriaSearchField className={styles['search'] ?? ''} aria-label={label} value={value} onChange={onChange}>
      <Input className={styles['input'] ?? ''} {...(placeholder !== undefined && { placeholder })} />
      {value !== '' && (
        <Button className={styles['clear'] ?? ''}>
          <X aria-hidden />
        </Button>
      )}
    </AriaSearchField>
  );
}

interface SelectProps<T extends string> extends Labelled {
  options: readonly { id: T; name: ReactNode; text?: string }[];
  value: T | null;
  onChange: (value: T) => void;
  placeholder?: string;
  isDisabled?: boolean;
}

/** One of several. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, hideLabel = false, options, value, onChange, placeholder = '', isDisabled = false } = props;
  return (
    <AriaSelect
      className={styles['field'] ?? ''}
      value={value}
      onChange={(key) => onChange(key as T)}
      placeholder={placeholder}
      isDisabled={isDisabled}
    >
      <FieldLabel label={label} hideLabel={hideLabel} />
      <Button className={styles['select'] ?? ''}>
        <SelectValue />
        <ChevronDown aria-hidden />
      </Button>
      <Popover className={menus['popover'] ?? ''}>
        <ListBox className={menus['menu'] ?? ''}>
          {options.map(({ id, name, text }) => (
            <ListBoxItem
              key={id}
              id={id}
              className={menus['item'] ?? ''}
              textValue={text ?? (typeof name === 'string' ? name : id)}
            >
              {name}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

interface CheckboxProps {
  children: ReactNode;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  isDisabled?: boolean;
}

export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <CheckboxField {...rest}>
      <CheckboxButton className={styles['checkbox'] ?? ''}>
        {({ isSelected }) => (
          <>
            <span className={styles['box']}>{isSelected && <Check aria-hidden />}</span>
            {children}
          </>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}
