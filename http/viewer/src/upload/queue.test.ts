import { expect, test, vi } from 'vitest';
import { batchFiles, nextBatch, UploadQueue, type Send, type UploadItem } from './queue';

const file = (name: string, size = 10) => {
  const made = new File([], name);
  Object.defineProperty(made, 'size', { value: size });
  return made;
};
const chosen = (...names: string[]) => names.map((name) => ({ file: file(name), path: name }));
const waiting = (...files: File[]) => files.map((one, id) => ({ id, file: one }) as UploadItem);
const turn = () => new Promise((resolve) => setTimeout(resolve));
const stored: Send = (parts) =>
  Promise.resolve({
    results: parts.map(({ name }) => ({ name, status: 'stored', study_instance_uid: '1.2.3' })),
    notes: [],
  });
const queueOf = (send: Send) => new UploadQueue(send, vi.fn(), () => 'nothing was said of it');
const states = (queue: UploadQueue) => queue.items.map(({ state }) => state);

test('small files go together, large ones and archives alone', () => {
  const small = Array.from({ length: batchFiles + 1 }, (_, index) => file(`${index}.dcm`));
  expect(nextBatch(waiting(...small))).toHaveLength(batchFiles);
  expect(nextBatch(waiting(file('a.dcm', 40e6), file('b.dcm')))).toHaveLength(1);
  expect(nextBatch(waiting(file('a.dcm'), file('b.zip'), file('c.dcm')))).toHaveLength(1);
  expect(nextBatch(waiting(file('b.ZIP'), file('c.dcm')))).toHaveLength(1);
});

test('files of one name are told apart', async () => {
  const queue = queueOf((parts) =>
    Promise.resolve({
      results: parts.map(({ name }, index) => ({
        name,
        status: index === 0 ? 'stored' : 'refused',
        study_instance_uid: index === 0 ? '1.2' : '',
        reason: 'not DICOM',
      })),
      notes: [],
    }),
  );
  queue.add(chosen('IM1', 'IM1'));
  await turn();
  expect(states(queue)).toEqual(['stored', 'refused']);
  expect(queue.items[1]?.reason).toBe('not DICOM');
  expect(queue.studies).toEqual(['1.2']);
});

test('what fails can be tried again', async () => {
  const send = vi.fn(stored).mockRejectedValueOnce(new Error('the network is away'));
  const queue = queueOf(send);
  queue.add(chosen('a.dcm'));
  await turn();
  expect(queue.items[0]).toMatchObject({ state: 'failed', reason: 'the network is away' });
  queue.retry();
  await turn();
  expect(states(queue)).toEqual(['stored']);
});

test('a file taken back leaves the others of its request to be sent anew', async () => {
  const send = vi
    .fn(stored)
    .mockImplementationOnce(
      (_parts, _progress, signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    );
  const queue = queueOf(send);
  queue.add(chosen('a.dcm', 'b.dcm'));
  const [first] = queue.items;
  if (first !== undefined) queue.cancel(first);
  await turn();
  await turn();
  expect(states(queue)).toEqual(['cancelled', 'stored']);
  expect(queue.isActive).toBe(false);
});

test('of an archive each refused file is told', async () => {
  const results = [
    { name: 'a/1.dcm', status: 'duplicate' as const, study_instance_uid: '1.2' },
    { name: 'readme.txt', status: 'refused' as const, study_instance_uid: '', reason: 'not DICOM' },
  ];
  const queue = queueOf(() => Promise.resolve({ results, notes: ['DICOMDIR: an index'] }));
  queue.add(chosen('all.zip'));
  await turn();
  expect(queue.items[0]).toMatchObject({ state: 'duplicate', entries: results, reason: 'DICOMDIR: an index' });
});

test('no more than three requests run at once', async () => {
  let most = 0;
  let running = 0;
  const queue = queueOf(async (parts, progress, signal) => {
    most = Math.max(most, ++running);
    await turn();
    running--;
    return stored(parts, progress, signal);
  });
  queue.add(chosen('1.zip', '2.zip', '3.zip', '4.zip', '5.zip'));
  while (queue.isActive) await turn();
  expect(most).toBe(3);
});
