import { getEnabledElement, type Types as CoreTypes } from '@cornerstonejs/core';
import {
  annotation as drawn,
  AnnotationTool,
  cursors,
  drawing,
  Enums,
  utilities,
  type Types,
} from '@cornerstonejs/tools';
import { triggerCompleted, triggerModified } from './drawingEvents';

type Annotation = Types.Annotation;
type Point = CoreTypes.Point3;
type Interaction = Types.EventTypes.InteractionEventType;
type Lines = (data: Annotation['data']) => string[];

const { Events } = Enums;
/** The heart's right and left extent from the midline, and the thorax: three segments. */
const pointCount = 6;
const copy = ([x, y, z]: Point): Point => [x, y, z];

/**
 * The cardiothoracic ratio: three segments, each dragged (or clicked from end to end), make one annotation. Leaving the
 * tool before the third takes the beginning away.
 */
export class CardiothoracicRatioTool extends AnnotationTool {
  static override readonly toolName = 'CardiothoracicRatio';
  private unfinished: Annotation | null = null;

  constructor(
    toolProps: Types.PublicToolProps = {},
    defaultToolProps: Types.ToolProps = {
      supportedInteractionTypes: ['Mouse', 'Touch'],
      configuration: { shadow: true, getTextLines: () => [] },
    },
  ) {
    super(toolProps, defaultToolProps);
    this._dragCallback = this.drag;
    this._endCallback = this.end;
  }

  override addNewAnnotation(event: Interaction): Annotation {
    const { element, currentPoints } = event.detail;
    const place = currentPoints.world;
    const annotation = this.unfinished ?? this.begin(event);
    const points = pointsOf(annotation);
    points.push(copy(place), copy(place));
    this.edit(element, annotation, points.length - 1, true);
    element.addEventListener(Events.MOUSE_MOVE, this.drag as EventListener);
    event.preventDefault();
    return annotation;
  }

  private begin(event: Interaction): Annotation {
    const annotation = this.createAnnotation(event, []);
    drawn.state.addAnnotation(annotation, event.detail.element);
    this.unfinished = annotation;
    return annotation;
  }

  private edit(element: HTMLDivElement, annotation: Annotation, handleIndex: number | undefined, isNew = false): void {
    const viewportIdsToRender = utilities.viewportFilters.getViewportIdsWithToolToRender(element, this.getToolName());
    this.isDrawing = true;
    this.editData = {
      annotation,
      viewportIdsToRender,
      newAnnotation: isNew,
      hasMoved: false,
      ...(handleIndex !== undefined && { handleIndex }),
    };
    this._activateModify(element);
    cursors.elementCursor.hideElementCursor(element);
    utilities.triggerAnnotationRenderForViewportIds(viewportIdsToRender);
  }

  override handleSelectedCallback(event: Interaction, annotation: Annotation, handle: Types.ToolHandle): void {
    const index = pointsOf(annotation).findIndex((point) => point === handle);
    this.edit(event.detail.element, annotation, index < 0 ? undefined : index);
    if (this.editData) this.editData.movingTextBox = index < 0;
    event.preventDefault();
  }

  override toolSelectedCallback(event: Interaction, annotation: Annotation): void {
    this.edit(event.detail.element, annotation, undefined);
    event.preventDefault();
  }

  private readonly drag = (event: Types.EventTypes.MouseDragEventType): void => {
    if (!this.editData) return;
    const { annotation, handleIndex, movingTextBox, viewportIdsToRender = [], newAnnotation = false } = this.editData;
    const { element, currentPoints, deltaPoints } = event.detail;
    if (!newAnnotation) this.createMemo(element, annotation, { newAnnotation: false });
    const points = pointsOf(annotation);
    const textBox = annotation.data.handles?.textBox;
    if (movingTextBox === true && textBox?.worldPosition !== undefined) {
      move(textBox.worldPosition, deltaPoints.world);
      textBox.hasMoved = true;
    } else if (handleIndex === undefined) for (const point of points) move(point, deltaPoints.world);
    else points[handleIndex] = copy(currentPoints.world);
    this.editData.hasMoved = true;
    utilities.triggerAnnotationRenderForViewportIds(viewportIdsToRender);
    if (!newAnnotation) triggerModified(annotation);
  };

  private readonly end = (event: Types.EventTypes.InteractionEventType): void => {
    if (!this.editData) return;
    const { element } = event.detail;
    const { annotation, newAnnotation = false, hasMoved = false } = this.editData;
    if (newAnnotation && !hasMoved) return;
    this.leave(element);
    if (!newAnnotation || pointsOf(annotation).length < pointCount) return;
    this.unfinished = null;
    this.createMemo(element, annotation, { newAnnotation: true });
    this.doneEditMemo();
    triggerCompleted(annotation);
  };

  private leave(element: HTMLDivElement): void {
    const viewports = this.editData?.viewportIdsToRender ?? [];
    this._deactivateModify(element);
    element.removeEventListener(Events.MOUSE_MOVE, this.drag as EventListener);
    cursors.elementCursor.resetElementCursor(element);
    this.doneEditMemo();
    this.editData = null;
    this.isDrawing = false;
    utilities.triggerAnnotationRenderForViewportIds(viewports);
  }

  override cancel(element: HTMLDivElement): string | undefined {
    const id = this.unfinished?.annotationUID;
    if (this.isDrawing) this.leave(element);
    this.forgetUnfinished();
    return id;
  }

  private forgetUnfinished(): void {
    const id = this.unfinished?.annotationUID;
    this.unfinished = null;
    if (id !== undefined) drawn.state.removeAnnotation(id);
  }

  onSetToolPassive(): void {
    this.forgetUnfinished();
  }

  onSetToolDisabled(): void {
    this.forgetUnfinished();
  }

  override isPointNearTool(
    element: HTMLDivElement,
    annotation: Annotation,
    canvas: CoreTypes.Point2,
    proximity: number,
  ): boolean {
    const viewport = getEnabledElement(element)?.viewport;
    if (viewport === undefined) return false;
    const near = ([from, to]: readonly [Point, Point]) =>
      utilities.math.lineSegment.distanceToPoint(viewport.worldToCanvas(from), viewport.worldToCanvas(to), canvas) <=
      proximity;
    return segmentsOf(annotation).some(near);
  }

  override renderAnnotation(enabled: CoreTypes.IEnabledElement, svg: Types.SVGDrawingHelper): boolean {
    const { viewport } = enabled;
    const all = drawn.state.getAnnotations(this.getToolName(), viewport.element);
    const shown = this.filterInteractableAnnotationsForElement(viewport.element, all);
    for (const annotation of shown) this.render(annotation, enabled, svg);
    return shown.length > 0;
  }

  private render(annotation: Annotation, enabled: CoreTypes.IEnabledElement, svg: Types.SVGDrawingHelper): void {
    const { viewport } = enabled;
    const id = annotation.annotationUID ?? '';
    const toolName = this.getToolName();
    const styleSpecifier = { toolGroupId: this.toolGroupId, toolName, viewportId: viewport.id, annotationUID: id };
    const { color, lineWidth, lineDash, shadow } = this.getAnnotationStyle({ annotation, styleSpecifier });
    const style = { color, width: lineWidth, lineDash, shadow };
    segmentsOf(annotation).forEach(([from, to], index) => {
      const [start, end] = [viewport.worldToCanvas(from), viewport.worldToCanvas(to)];
      drawing.drawLine(svg, id, `line-${index}`, start, end, style, `${id}-line-${index}`);
    });
    const canvasCoordinates = pointsOf(annotation).map((point) => viewport.worldToCanvas(point));
    if (annotation.highlighted === true || annotation === this.unfinished)
      drawing.drawHandles(svg, id, '0', canvasCoordinates, { color, lineDash, lineWidth });
    const textLines = (this.configuration as { getTextLines: Lines }).getTextLines(annotation.data);
    if (textLines.length === 0) return;
    this.renderLinkedTextBoxAnnotation({
      enabledElement: enabled,
      svgDrawingHelper: svg,
      annotation,
      styleSpecifier,
      textLines,
      canvasCoordinates,
    });
  }
}

function pointsOf({ data }: Annotation): Point[] {
  return data.handles?.points ?? [];
}

function segmentsOf(annotation: Annotation): (readonly [Point, Point])[] {
  const points = pointsOf(annotation);
  return [0, 2, 4].flatMap((start) => {
    const [from, to] = points.slice(start, start + 2);
    return from !== undefined && to !== undefined ? [[from, to] as const] : [];
  });
}

function move(point: Point, by: Point): void {
  point[0] += by[0];
  point[1] += by[1];
  point[2] += by[2];
}
