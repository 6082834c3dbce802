import { SessionGate } from '@/shell/SessionGate';
import { startPage } from '@/shell/startPage';
import { readAddress, type Address } from './address';
import { viewerAreas } from './areas';
import { openAddress } from './page/openAddress';
import { Viewer } from './page/Viewer';

/** Begins to open the studies before the page is drawn; returns what gives the result, and tries again when asked. */
function opener(address: Address): () => Promise<true> {
  let begun: Promise<true> | undefined = openAddress(address);
  begun.catch(() => undefined);
  return () => {
    const result = begun ?? openAddress(address);
    begun = undefined;
    return result;
  };
}

const address = readAddress(location);
const open = address && opener(address);
void startPage(
  viewerAreas,
  <SessionGate>
    <Viewer open={open} />
  </SessionGate>,
);
