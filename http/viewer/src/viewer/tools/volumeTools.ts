import { CrosshairsTool, PanTool, TrackballRotateTool, VolumeRotateTool, ZoomTool } from '@cornerstonejs/tools';
import { viewportOf } from '../cornerstone/engine';
import { useViewer } from '../state';
import type { ViewerTool } from './viewerTool';

/** The colour in which the other planes mark a plane. */
const lineColours: Readonly<Record<string, string>> = { axial: '#ff6b6b', coronal: '#7ddba3', sagittal: '#ffd166' };

function lineColour(pane: string): string {
  const content = useViewer.getState().panes.find(({ id }) => id === pane)?.content;
  return (content?.kind === 'mpr' && lineColours[content.orientation]) || '#7cc4ff';
}

const isPlane = (pane: string) => viewportOf(pane) !== undefined;

/** Tools that cut and turn volumes. */
export const volumeTools: readonly ViewerTool[] = [
  {
    tool: CrosshairsTool,
    groups: ['slice'],
    rest: 'disabled',
    configuration: {
      getReferenceLineColor: lineColour,
      getReferenceLineControllable: isPlane,
      getReferenceLineDraggableRotatable: isPlane,
      getReferenceLineSlabThicknessControlsOn: isPlane,
      handleRadius: 4,
      enableHDPIHandles: true,
    },
  },
  { tool: VolumeRotateTool, groups: ['projection'], rest: 'disabled' },
  { tool: TrackballRotateTool, groups: ['volume'], rest: 'disabled' },
  { tool: PanTool, groups: ['volume', 'projection'], rest: 'disabled' },
  { tool: ZoomTool, groups: ['volume', 'projection'], rest: 'disabled' },
];
