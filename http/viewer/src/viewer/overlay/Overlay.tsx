import { usePaneView } from '../panes/paneView';
import { PaneOverlay } from './PaneOverlay';

/** The writing over the image that a pane shows at this moment. */
export function Overlay({ pane }: { pane: string }) {
  return <PaneOverlay view={usePaneView(pane)} />;
}
