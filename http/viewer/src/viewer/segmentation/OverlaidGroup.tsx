import { Crosshair, Eye, EyeOff, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '@/ui/Button';
import { Slider } from '@/ui/Slider';
import { jumpTo } from './jumpTo';
import type { Overlaid, Segment } from './model';
import { changeSegment, changeShown, plain, takeAway, type SegmentStyle, type Shown } from './overlaid';
import styles from './SegmentsPanel.module.css';

const hex = (colour: readonly number[]) => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

function rgb(text: string): [number, number, number] {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16));
  return [red, green, blue];
}

function SegmentRow({ overlaid, segment, style }: { overlaid: Overlaid; segment: Segment; style: SegmentStyle }) {
  const { t } = useTranslation('segmentation');
  const { number, label, colour, centre } = segment;
  const name = label || t('unnamed', { number });
  return (
    <li className={styles['segment']}>
      <input
        type="color"
        aria-label={t('colour', { name })}
        value={hex(style.colour ?? colour)}
        onChange={({ currentTarget }) => changeSegment(overlaid.id, number, { colour: rgb(currentTarget.value) })}
      />
      <bdi className={styles['name']}>{name}</bdi>
      <IconButton
        label={t('jump', { name })}
        isDisabled={centre === undefined}
        onPress={() => centre !== undefined && jumpTo(centre, overlaid.frameOfReference)}
      >
        <Crosshair />
      </IconButton>
      <IconButton
        label={t('visible', { name })}
        isPressed={style.isVisible}
        onPress={() => changeSegment(overlaid.id, number, { isVisible: !style.isVisible })}
      >
        {style.isVisible ? <Eye /> : <EyeOff />}
      </IconButton>
    </li>
  );
}

/** Something that is laid over the images: its opacity, and its segments with colour, place and whether they show. */
export function OverlaidGroup({ shown: { overlaid, opacity, isVisible, styles: looks } }: { shown: Shown }) {
  const { t } = useTranslation('segmentation');
  const { id, name, segments } = overlaid;
  return (
    <section className={styles['group']} aria-label={name}>
      <header className={styles['header']}>
        <h3>
          <bdi>{name}</bdi>
        </h3>
        <IconButton label={t('remove', { name })} onPress={() => takeAway(id)}>
          <Trash2 />
        </IconButton>
        <IconButton
          label={t('visible', { name })}
          isPressed={isVisible}
          onPress={() => changeShown(id, { isVisible: !isVisible })}
        >
          {isVisible ? <Eye /> : <EyeOff />}
        </IconButton>
      </header>
      <Slider
        label={t('opacity')}
        value={opacity}
        onChange={(next) => changeShown(id, { opacity: next })}
        min={0}
        max={1}
        step={0.05}
        format={{ style: 'percent' }}
      />
      <ul className={styles['segments']}>
        {segments.map((segment) => (
          <SegmentRow
            key={segment.number}
            overlaid={overlaid}
            segment={segment}
            style={looks[segment.number] ?? plain}
          />
        ))}
      </ul>
    </section>
  );
}
