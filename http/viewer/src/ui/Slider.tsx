import { Label, Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './Slider.module.css';

interface SliderProps<T extends number | readonly number[]> {
  label: string;
  value: T;
  onChange: (value: T) => void;
  min: number;
  max: number;
  step?: number;
  /** How the value is written. */
  format?: Intl.NumberFormatOptions;
  /** Names of the thumbs where there are two. */
  thumbLabels?: readonly string[];
  isDisabled?: boolean;
}

/** A number between two others; a list of two: a range. */
export function Slider<T extends number | readonly number[]>(props: SliderProps<T>) {
  const { label, value, onChange, min, max, step = 1, format, thumbLabels, isDisabled = false } = props;
  return (
    <AriaSlider<number | number[]>
      className={styles['slider'] ?? ''}
      value={typeof value === 'number' ? value : Array.from(value)}
      onChange={(next) => onChange(next as T)}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={isDisabled}
      {...(format && { formatOptions: format })}
    >
      <Label className={styles['label'] ?? ''}>{label}</Label>
      <SliderOutput className={styles['output'] ?? ''}>
        {({ state }) => state.values.map((_, index) => state.getThumbValueLabel(index)).join(' – ')}
      </SliderOutput>
      <SliderTrack className={styles['track'] ?? ''}>
        {({ state }) => {
          const [first = 0, last = first] = state.values.map((_, index) => state.getThumbPercent(index));
          const start = state.values.length > 1 ? first : 0;
          return (
            <>
              <span className={styles['rail']} />
              <span
                className={styles['fill']}
                style={{ insetInlineStart: `${start * 100}%`, width: `${(last - start) * 100}%` }}
              />
              {state.values.map((_, index) => (
                <SliderThumb
                  key={index}
                  index={index}
                  className={styles['thumb'] ?? ''}
                  {...(thumbLabels?.[index] !== undefined && { 'aria-label': thumbLabels[index] })}
                />
              ))}
            </>
          );
        }}
      </SliderTrack>
    </AriaSlider>
  );
}
