/** What a volume would take, and whether that is too much. */
export interface MemoryNeed {
  bytes: number;
  limit: number;
  /** Every how many planes fit: 1, all of them. */
  stride: number;
}

/** Greatest edge of a 3D texture that browsers offer (WebGL 2 asks for 256 at least; all known ones have 2048). */
export const largestEdge = 2048;

/**
 * Estimates the memory (bytes) of a volume: its voxels once in the page (2 bytes, 4 for fractions) and once in the
 * graphics memory, where software and older hardware keep 4 bytes a voxel.
 */
export function memoryNeed(dimensions: readonly number[], isFractional: boolean, limit: number): MemoryNeed {
  const [columns = 0, rows = 0, planes = 0] = dimensions;
  const bytes = columns * rows * planes * ((isFractional ? 4 : 2) + 4);
  const stride = Math.max(Math.ceil(bytes / limit), Math.ceil(planes / largestEdge));
  return { bytes, limit, stride: Math.max(1, stride) };
}

/** Bytes that volumes may take on this device: a fifth of what it says it has, 0.6 … 1.3 GB. */
export function memoryLimit(): number {
  const gigabytes = 'deviceMemory' in navigator ? Number(navigator.deviceMemory) : 4;
  return Math.min(1.3, Math.max(0.6, gigabytes / 5)) * 1e9;
}
