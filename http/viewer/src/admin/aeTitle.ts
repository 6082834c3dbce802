import type { components } from '@/api/schema';

/** Another system that sends to Noctis or receives from it. */
export type AeTitle = components['schemas']['ae_title'];
