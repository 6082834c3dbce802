import { useEffect } from 'react';
import { useSession } from '@/api/session';
import { useViewer } from '../state';
import { ConflictDialog } from './ConflictDialog';
import { canvas, drawWaiting, followDrawings } from './drawings';
import { keepAnnotations } from './keeper';
import { TextPrompt } from './TextPrompt';

/** Keeps the annotations of the open studies and asks what there is to ask about them. Shows nothing else. */
export function Annotations() {
  const user = useSession(({ session }) => session?.user);
  const studies = useViewer((state) => state.studies);
  const uids = studies.map(({ uid }) => uid).join(' ');
  useEffect(followDrawings, []);
  useEffect(() => (user === undefined ? undefined : keepAnnotations(uids.split(' '), user, canvas)), [uids, user]);
  useEffect(drawWaiting, [studies]);
  return (
    <>
      <ConflictDialog />
      <TextPrompt />
    </>
  );
}
