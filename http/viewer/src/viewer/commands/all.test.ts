import { expect, test, vi } from 'vitest';

vi.stubGlobal('localStorage', { getItem: () => null });

test('no two commands have the same keys or the same id', async () => {
  const { commands } = await import('./all');
  for (const member of ['keys', 'id'] as const) {
    const all = commands.flatMap((command) => command[member] ?? []);
    expect(all).toEqual([...new Set(all)]);
  }
});
