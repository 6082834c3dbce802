import { measureTools } from '../annotations/measureTools';
import { stackTools } from './stackTools';
import type { ViewerTool } from './viewerTool';
import { volumeTools } from './volumeTools';

/** Every tool that the viewer has. Each feature lists its own. */
export const tools: readonly ViewerTool[] = [...stackTools, ...measureTools, ...volumeTools];
