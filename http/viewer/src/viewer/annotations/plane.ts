import { along, cross, dot, normalised, subtract, type Flat, type Vector } from '../study/vector';

/** Where an image's pixels lie in Cornerstone's world (mm, LPS; pixels where nothing is known). */
export interface ImagePlane {
  /** The centre of the top left pixel. */
  origin: Vector;
  /** The direction in which columns are counted. */
  rowDirection: Vector;
  /** The direction in which rows are counted. */
  columnDirection: Vector;
  /** From column to column. */
  columnSpacing: number;
  /** From row to row. */
  rowSpacing: number;
}

/** Returns where a place of the world lies in the image (PS3.3 C.18.6: the top left corner is 0,0). */
export function toImage(plane: ImagePlane, world: Vector): Flat {
  const offset = subtract(world, plane.origin);
  return [
    dot(offset, plane.rowDirection) / plane.columnSpacing + 0.5,
    dot(offset, plane.columnDirection) / plane.rowSpacing + 0.5,
  ];
}

/** Returns where a place of the image lies in the world. */
export function toWorld(plane: ImagePlane, [column, row]: Flat): Vector {
  return along(
    plane.origin,
    [plane.rowDirection, (column - 0.5) * plane.columnSpacing],
    [plane.columnDirection, (row - 0.5) * plane.rowSpacing],
  );
}

/** Returns a plane with pixels of `spacing` mm through `origin`, looked at along `normal`. */
export function planeThrough(origin: Vector, normal: Vector, up: Vector, spacing: number): ImagePlane {
  const columnDirection = normalised([-up[0], -up[1], -up[2]]);
  const rowDirection = normalised(cross(normal, columnDirection));
  return { origin, rowDirection, columnDirection, columnSpacing: spacing, rowSpacing: spacing };
}
