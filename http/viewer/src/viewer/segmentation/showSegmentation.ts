import i18next from 'i18next';
import { notifyFailure, notify } from '@/shell/notices';
import { viewer } from '../state';
import { fetchBulk } from '../study/bulkData';
import { text, type Attribute } from '../study/dicomJson';
import { frameOfReferenceOf } from '../study/geometry';
import { readInstances } from '../study/loadStudy';
import type { Series } from '../study/model';
import { startLayers } from './layers';
import type { Overlaid } from './model';
import { lay, useOverlaid } from './overlaid';
import { fetchPixelData } from './pixelData';
import { readSegmentation, Unshowable } from './readSegmentation';
import { readStructures } from './readStructures';

const t = (key: string, values: Record<string, unknown> = {}) => i18next.t(`segmentation:${key}`, values);

/** The numbers of a decimal string that the metadata leaves out. */
async function bulkNumbers(attribute: Attribute): Promise<readonly number[]> {
  const value = new TextDecoder('latin1').decode(await fetchBulk(attribute));
  return value.split('\\').map(Number.parseFloat).filter(Number.isFinite);
}

async function read(series: Series, wanted?: string): Promise<Overlaid> {
  const isThere = series.isRead && (wanted === undefined || series.instances.some(({ uid }) => uid === wanted));
  const { instances } = isThere ? series : await readInstances(series);
  const instance = instances.find(({ uid }) => uid === wanted) ?? instances[0];
  if (instance === undefined) throw new Unshowable('empty');
  const name = series.description || text(instance.data, '30060002') || series.modality;
  if (series.kind === 'structures') return readStructures(instance, name, bulkNumbers);
  return readSegmentation(instance, name, await fetchPixelData(instance));
}

/** The images that something was made from: those that it names, else any of its frame of reference. */
function imagesFor({ referencedSeries, frameOfReference: frame }: Overlaid): Series | undefined {
  const images = viewer
    .get()
    .studies.flatMap(({ series }) => series)
    .filter((one) => one.kind === 'images' && frameOfReferenceOf(one) === frame);
  return images.find(({ uid }) => referencedSeries.includes(uid)) ?? images[0];
}

function isBelow(images: Series): boolean {
  const { panes, studies } = viewer.get();
  const frame = frameOfReferenceOf(images);
  return panes.some(({ content }) => {
    const uid = 'series' in content ? content.series : undefined;
    const series = studies.flatMap((study) => study.series).find((one) => one.uid === uid);
    return series?.kind === 'images' && frameOfReferenceOf(series) === frame;
  });
}

/**
 * Lays a series of a segmentation or structure set (of several instances the `wanted` one) over the images of its frame
 * of reference, and opens the images in `pane` where none of them are shown. Says why when it cannot. Resolves to
 * whether it could.
 */
export async function laySegmentation(
  series: Series,
  pane = viewer.get().activePane,
  wanted?: string,
): Promise<boolean> {
  if (useOverlaid.getState().shown.some(({ overlaid }) => overlaid.id === series.uid)) return true;
  try {
    const overlaid = await read(series, wanted);
    const images = imagesFor(overlaid);
    if (images === undefined) throw new Unshowable('series');
    startLayers();
    if (!isBelow(images)) viewer.show(pane, { kind: 'stack', series: images.uid });
    lay(overlaid);
    return true;
  } catch (error) {
    if (error instanceof Unshowable) notify({ kind: 'error', text: `${t('failed')} ${t(`refused.${error.code}`)}` });
    else
      notifyFailure(t('failed'), error, { label: t('again'), run: () => void laySegmentation(series, pane, wanted) });
    return false;
  }
}

/** Lays a series over its images and opens the panel of segments. Resolves to whether it could. */
export async function showSegmentation(series: Series, pane = viewer.get().activePane): Promise<boolean> {
  const isLaid = await laySegmentation(series, pane);
  if (isLaid) viewer.set({ panel: 'segments' });
  return isLaid;
}
