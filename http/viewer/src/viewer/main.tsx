import { lazy, Suspense } from 'react';
import { SessionGate } from '@/shell/SessionGate';
import { startPage } from '@/shell/startPage';
import { readAddress } from './address';
import { viewerAreas } from './areas';
import { Opening } from './page/Opening';
import { foresee } from './study/loadStudy';

const address = readAddress(location);
// Asked for before the rest of the viewer is here: answers and program arrive side by side.
for (const uid of address === undefined ? [] : [address.study, ...address.compare]) foresee(uid);
const Viewer = lazy(() => import('./page/Viewer'));

void startPage(
  viewerAreas,
  <SessionGate>
    <Suspense fallback={<Opening />}>
      <Viewer address={address} />
    </Suspense>
  </SessionGate>,
);
