import { Enums, type VolumeViewport3D } from '@cornerstonejs/core';
import { coarsest, costOf, isFiner, qualityFor, readable, type Quality } from './quality';
import { applyQuality, screenSize } from './rendering';

/** Milliseconds that a frame may take: while the volume is moved, when it rests, and once it has rested for a while. */
const budgets = { moving: 90, resting: 450, fine: 2500 };
const restAfter = 220;
const fineAfter = 500;

/** Keeps a rendered volume quick to move and fine at rest, by the time that its frames take. */
export class RenderLoop {
  private quality: Quality = coarsest;
  private cost: number | undefined;
  private started = 0;
  /** The first frame also compiles and uploads: its time tells nothing about the next. */
  private isFirst = true;
  private timer = 0;
  private readonly abort = new AbortController();

  /** `onRefining` tells when a slow, finer frame is about to be rendered, and when it is there. */
  constructor(
    private readonly viewport: VolumeViewport3D,
    private readonly volume: string,
    private readonly onRefining: (isRefining: boolean) => void,
  ) {
    const { signal } = this.abort;
    viewport.element.addEventListener(Enums.Events.CAMERA_MODIFIED, () => this.move(), { signal });
    viewport.element.addEventListener(Enums.Events.IMAGE_RENDERED, () => this.measure(), { signal });
    this.move();
  }

  /** Renders anew after a change, coarsely at first. */
  move(): void {
    this.render('moving');
    this.refineAfter(restAfter, 'resting');
  }

  stop(): void {
    clearTimeout(this.timer);
    this.abort.abort();
  }

  private get pixels(): number {
    const { width, height } = screenSize(this.viewport);
    return width * height;
  }

  private render(pace: keyof typeof budgets): void {
    this.quality = this.wanted(pace);
    applyQuality(this.viewport, this.volume, this.quality);
    this.started = performance.now();
    this.viewport.render();
  }

  private wanted(pace: keyof typeof budgets): Quality {
    const found = this.cost === undefined ? coarsest : qualityFor(this.cost, this.pixels, budgets[pace]);
    return pace === 'fine' && isFiner(readable, found) ? readable : found;
  }

  private measure(): void {
    if (this.started === 0) return;
    const cost = costOf(performance.now() - this.started, this.pixels, this.quality);
    this.started = 0;
    if (this.isFirst) {
      this.isFirst = false;
      this.move();
      return;
    }
    this.cost = this.cost === undefined ? cost : this.cost * 0.3 + cost * 0.7;
  }

  private refineAfter(delay: number, pace: 'resting' | 'fine'): void {
    clearTimeout(this.timer);
    this.onRefining(false);
    this.timer = window.setTimeout(() => this.refine(pace), delay);
  }

  private refine(pace: 'resting' | 'fine'): void {
    const next = this.wanted(pace);
    if (isFiner(next, this.quality)) {
      this.onRefining(true);
      // Two frames: so that the page shows what it is busy with before it is.
      requestAnimationFrame(() => requestAnimationFrame(() => this.render(pace)));
    }
    if (pace === 'resting') this.timer = window.setTimeout(() => this.refine('fine'), fineAfter);
    else this.timer = window.setTimeout(() => this.onRefining(false), budgets.fine);
  }
}
