import {
  ArrowUpLeft,
  Circle,
  Diameter,
  HeartPulse,
  Lasso,
  Pipette,
  Ruler,
  Spline,
  Square,
  Star,
  TriangleRight,
  Type,
  type LucideIcon,
} from 'lucide-react';
import type { AnnotationKind } from './model';

/** The picture of each kind of annotation. */
export const kindIcons: Readonly<Record<AnnotationKind, LucideIcon>> = {
  length: Ruler,
  bidirectional: Diameter,
  angle: TriangleRight,
  cobb_angle: Spline,
  ellipse: Circle,
  rectangle: Square,
  freehand: Lasso,
  probe: Pipette,
  arrow: ArrowUpLeft,
  text: Type,
  cardiothoracic_ratio: HeartPulse,
  key_image: Star,
};
