import { annotation as drawn } from '@cornerstonejs/tools';

const { style } = drawn.config;

const mine = 'rgb(255, 214, 92)';
const chosen = 'rgb(120, 230, 150)';
const foreign = 'rgb(255, 160, 110)';

const common = {
  color: mine,
  colorHighlighted: chosen,
  colorSelected: chosen,
  colorLocked: foreign,
  lineWidth: '1.5',
  textBoxFontFamily: "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  textBoxFontSize: '13px',
  textBoxColor: mine,
  textBoxColorHighlighted: chosen,
  textBoxColorSelected: chosen,
  textBoxColorLocked: foreign,
  textBoxBackground: 'rgba(0, 0, 0, 0.62)',
  textBoxBorderRadius: '4',
  textBoxMargin: '4',
  textBoxLinkLineDash: '2,4',
};

/** Gives drawings the look of this viewer: readable on any image, one colour for one's own, one for others'. */
export function setDrawingStyle(): void {
  const { global, ...tools } = style.getDefaultToolStyles();
  style.setDefaultToolStyles({ ...tools, global: { ...global, ...common } });
}

/** Dashes what lives only as long as the page. */
export function markTemporary(id: string): void {
  style.setAnnotationStyles(id, { lineDash: '5,4' });
}
