import { items, number, numbers, text, texts, type Attribute, type DataSet } from '../study/dicomJson';
import type { Instance } from '../study/model';
import { cross, dot, length, subtract, unit, vectorAt, type Vector } from '../study/vector';
import { colourByNumber } from './colour';
import type { Contour, ContourSet, Overlaid, Segment } from './model';
import { Unshowable } from './readSegmentation';

/** Gives the numbers of an attribute that the metadata leaves out. */
export type BulkNumbers = (attribute: Attribute) => Promise<readonly number[]>;

async function readContour(item: DataSet, bulk: BulkNumbers): Promise<Contour> {
  const data = item['30060050'];
  const values = data?.BulkDataURI === undefined ? numbers(item, '30060050') : await bulk(data);
  const points = Array.from({ length: Math.floor(values.length / 3) }, (_, index) => vectorAt(values, index * 3));
  const type = text(item, '30060042');
  return {
    points: points.filter((point) => point !== undefined),
    isClosed: type === 'CLOSED_PLANAR' || type === 'CLOSEDPLANAR_XOR' || type === '',
  };
}

/** The normal of a contour's plane, of three of its points that are far from a line. */
function normalOf({ points }: Contour): Vector | undefined {
  const [first] = points;
  const second = points[Math.floor(points.length / 3)];
  const third = points[Math.floor((points.length * 2) / 3)];
  if (first === undefined || second === undefined || third === undefined) return undefined;
  const normal = cross(subtract(second, first), subtract(third, first));
  return length(normal) > 1e-6 ? unit(normal) : undefined;
}

function contourSet(contours: readonly Contour[]): ContourSet {
  const normal = contours.map(normalOf).find((one) => one !== undefined) ?? [0, 0, 1];
  const distances = contours
    .flatMap(({ points: [first] }) => (first ? [dot(first, normal)] : []))
    .sort((a, b) => a - b);
  const steps = distances.slice(1).map((value, index) => value - (distances[index] ?? 0));
  const apart = steps.filter((step) => step > 0.05);
  return { normal, thickness: apart.length > 0 ? Math.min(...apart) : 3, contours };
}

function centreOf({ contours }: ContourSet): Vector | undefined {
  const points = contours[contours.length >> 1]?.points ?? [];
  if (points.length === 0) return undefined;
  const mean = (axis: 0 | 1 | 2) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  return [mean(0), mean(1), mean(2)];
}

function referencedSeries(data: DataSet): string[] {
  return items(data, '30060010')
    .flatMap((frame) => items(frame, '30060012'))
    .flatMap((study) => items(study, '30060014'))
    .flatMap((series) => texts(series, '0020000E'));
}

/** Reads an RT structure set. Throws `Unshowable`. */
export async function readStructures(instance: Instance, name: string, bulk: BulkNumbers): Promise<Overlaid> {
  const { data } = instance;
  const regions = items(data, '30060020');
  const frames = items(data, '30060010').map((item) => text(item, '00200052'));
  const frameOfReference = frames.find(Boolean) ?? text(regions[0] ?? {}, '30060024');
  if (frameOfReference === '') throw new Unshowable('frameOfReference');
  const sets = new Map<number, ContourSet>();
  const colours = new Map<number, readonly number[]>();
  for (const item of items(data, '30060039')) {
    const region = number(item, '30060084') ?? 0;
    const contours = await Promise.all(items(item, '30060040').map((contour) => readContour(contour, bulk)));
    sets.set(region, contourSet(contours.filter(({ points }) => points.length > 0)));
    colours.set(region, numbers(item, '3006002A'));
  }
  const segments = regions.map((item): Segment => {
    const region = number(item, '30060022') ?? 0;
    const [red, green, blue] = colours.get(region) ?? [];
    const set = sets.get(region);
    return {
      number: region,
      label: text(item, '30060026'),
      colour:
        red === undefined || green === undefined || blue === undefined ? colourByNumber(region) : [red, green, blue],
      centre: set && centreOf(set),
      isAbnormal: false,
    };
  });
  if (segments.length === 0) throw new Unshowable('empty');
  const references = referencedSeries(data);
  return {
    id: instance.seriesUid,
    name,
    frameOfReference,
    referencedSeries: references,
    segments,
    shape: { kind: 'contours', sets },
  };
}
