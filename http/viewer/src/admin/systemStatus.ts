import { api, dataOf } from '@/api/client';
import { Problem } from '@/api/problem';
import { background, usePolled } from './polling';

/** What `/dicom/api/system/status/` tells. */
export interface SystemStatus {
  stats: {
    patients: number;
    studies: number;
    series: number;
    images: number;
    quarantined: number;
    storage: { total_files: number; total_size_bytes: number; free_bytes: number; capacity_bytes: number };
    scp_server: {
      connected: boolean;
      message: string;
      host: string;
      port: number;
      ae_title: string;
      associations_active: number;
    };
    database: { connected: boolean; latency_ms: number; version: string };
    redis: { connected: boolean; message?: string };
    nodes: readonly { name: string; roles: readonly string[]; state: string; version: string; since: string }[];
    queues: Readonly<Record<string, { pending: number; running: number; failed: number }>>;
    ingest: { instances_per_s_1m: number; bytes_per_s_1m: number };
  };
  version: string;
  uptime_s: number;
}

/** What `/health/` tells: of the whole and of each part. */
export interface Health {
  status: 'healthy' | 'degraded' | 'unhealthy';
  checks: Readonly<Record<string, { status: string }>>;
}

export function useSystemStatus() {
  return usePolled(['system-status'], async (signal) => {
    const answer: unknown = await dataOf(api.GET('/dicom/api/system/status/', { signal, headers: background }));
    return answer as SystemStatus;
  });
}

/** How well each part is; an unhealthy system says so with status 503. */
export function useHealth() {
  return usePolled(['health'], async (signal): Promise<Health> => {
    try {
      const answer: unknown = await dataOf(api.GET('/health/', { signal, headers: background }));
      return answer as Health;
    } catch (reason) {
      const told: unknown = reason instanceof Problem && 'checks' in reason.body ? reason.body : undefined;
      if (told !== undefined) return told as Health;
      throw reason;
    }
  });
}
